//! Lesson 1: worker pools.
