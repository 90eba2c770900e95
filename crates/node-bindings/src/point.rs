//! Point for TypeScript: one line a method.

use crate::border::{Class, Exports};
use crate::fail::Result;
use crate::results::New;
use crate::values::{Fields, Object};
use pairity_core::Point;

impl Class for Point {
    const NAME: &'static str = "Point";
}

pub(crate) fn register(exports: &mut Exports) {
    exports
        .add("pointNew", &["x", "y"], |x: f64, y: f64| {
            New(Point::new(x, y))
        })
        .add("pointFromJson", &["data"], |data: Fields| from_json(data))
        .add("pointX", &[], |point: &Point| point.x())
        .add("pointY", &[], |point: &Point| point.y())
        .add(
            "pointEquals",
            &["other"],
            |point: &Point, other: Object<Point>| point.equals(*other),
        )
        .add("pointHashCode", &[], |point: &Point| point.hash())
        .add("pointText", &[], |point: &Point| point.to_string())
        .close::<Point>("pointClose");
}

fn from_json(data: Fields) -> Result<New<Point>> {
    let data = data.only(&["x", "y"])?;
    Ok(New(Point::new(data.required("x")?, data.required("y")?)))
}
