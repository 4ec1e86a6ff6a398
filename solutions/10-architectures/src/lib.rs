//! Scalable architectures.

pub mod image_service;
