//! Lesson 1.
