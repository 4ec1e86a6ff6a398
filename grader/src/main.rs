//! The grader's program: reads the command line and the environment, and leaves the rest to the library.

use std::io::{IsTerminal, stderr, stdout};
use std::process::ExitCode;
use std::time::Duration;
use std::{env, thread};

use anyhow::{Context, Result};
use clap::Parser;
use grader::catalog::{Catalog, Workbook};
use grader::cli::{Arguments, When};
use grader::commands::{Desk, WrongUse, explain, run};
use grader::process::{Runner, cell};
use grader::report::{Paint, Status};
use grader::session::Options;
use grader::stop::Stop;

fn main() -> ExitCode {
    if env::args().nth(1).as_deref() == Some(cell::ARGUMENT) {
        return cell::main();
    }
    // Clap ends the process with 2 for a wrong command line and 0 for `--help`, as documented.
    let arguments = Arguments::parse();
    match work(&arguments) {
        Ok(code) => ExitCode::from(code),
        Err(error) => explain(&error, &mut stderr()),
    }
}

fn work(arguments: &Arguments) -> Result<u8> {
    let common = &arguments.common;
    let mut workbook = env::current_dir()
        .context("cannot tell the current folder")
        .and_then(|here| Workbook::around(&here))
        .map_err(|error| WrongUse(format!("{error:#}")))?;
    if let Some(folder) = &common.exercises {
        workbook = workbook.with_exercises(folder).map_err(|error| WrongUse(format!("{error:#}")))?;
    }
    let cores = thread::available_parallelism().map_or(2, usize::from);
    let runner = Runner {
        cell: env::current_exe().context("cannot find the grader's own program")?,
        scratch: workbook.target.join("channels"),
        deadline: Duration::from_secs(common.timeout),
        stop: Stop::default(),
    };
    let colour = match common.color {
        When::Always => true,
        When::Never => false,
        When::Auto => stdout().is_terminal() && env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()),
    };
    let mut out = stdout().lock();
    let mut desk = Desk {
        catalog: Catalog::load(&workbook)?,
        workbook,
        runner,
        options: Options { jobs: common.jobs.map_or(cores, usize::from), all: false, again: false },
        json: common.json,
        paint: Paint::new(colour),
        links: (colour && supports_hyperlinks::on(supports_hyperlinks::Stream::Stdout))
            .then(|| env::var("TERM_PROGRAM").is_ok_and(|program| program == "vscode")),
        out: &mut out,
        status: Status::new(Box::new(stderr()), stderr().is_terminal()),
    };
    let code = run(arguments, &mut desk)?;
    desk.out.flush()?;
    Ok(code)
}
