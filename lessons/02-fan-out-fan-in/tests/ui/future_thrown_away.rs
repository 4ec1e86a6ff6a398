#![deny(unused_must_use)]

async fn ask(server: &str) {
    println!("{server} is asked");
}

#[tokio::main]
async fn main() {
    ask("server 1");
}
