//! Links the add-on as Node expects it.

fn main() {
    napi_build::setup();
}
