//! Pipelines.

pub mod pipeline_processing;
pub mod stage_combinators;
