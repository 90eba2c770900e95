//! `Vector2D` for TypeScript: one line a method.

use crate::border::{Class, Exports};
use crate::fail::Result;
use crate::results::New;
use crate::values::{Fields, Object};
use pairity_core::Vector2D;

impl Class for Vector2D {
    const NAME: &'static str = "Vector2D";
}

pub(crate) fn register(exports: &mut Exports) {
    exports
        .add("vector2DNew", &["x", "y"], |x: f64, y: f64| {
            New(Vector2D::new(x, y))
        })
        .add("vector2DFromJson", &["data"], |data: Fields| {
            from_json(data)
        })
        .add(
            "vector2DClone",
            &[],
            |vector: &Vector2D| New(vector.clone()),
        )
        .add("vector2DParts", &[], |vector: &Vector2D| vector.parts())
        .add("vector2DX", &[], |vector: &Vector2D| vector.x())
        .add("vector2DY", &[], |vector: &Vector2D| vector.y())
        .add("vector2DMagnitude", &[], |vector: &Vector2D| {
            vector.magnitude()
        })
        .add("vector2DAngle", &[], |vector: &Vector2D| vector.angle())
        .add(
            "vector2DDot",
            &["other"],
            |vector: &Vector2D, other: Object<Vector2D>| vector.dot(&other),
        )
        .add(
            "vector2DCross",
            &["other"],
            |vector: &Vector2D, other: Object<Vector2D>| vector.cross(&other),
        )
        .add(
            "vector2DDistanceTo",
            &["other"],
            |vector: &Vector2D, other: Object<Vector2D>| vector.distance_to(&other),
        )
        .add(
            "vector2DLerp",
            &["other", "t"],
            |vector: &Vector2D, other: Object<Vector2D>, t: f64| New(vector.lerp(&other, t)),
        )
        .add("vector2DNormalized", &[], |vector: &Vector2D| {
            vector.normalized().map(New)
        })
        .add("vector2DSetX", &["x"], |vector: &Vector2D, x: f64| {
            vector.set_x(x);
        })
        .add("vector2DSetY", &["y"], |vector: &Vector2D, y: f64| {
            vector.set_y(y);
        })
        .add(
            "vector2DAdd",
            &["other"],
            |vector: &Vector2D, other: Object<Vector2D>| New(vector.add(&other)),
        )
        .add(
            "vector2DSub",
            &["other"],
            |vector: &Vector2D, other: Object<Vector2D>| New(vector.sub(&other)),
        )
        .add(
            "vector2DScale",
            &["factor"],
            |vector: &Vector2D, factor: f64| New(vector.scale(factor)),
        )
        .add("vector2DNeg", &[], |vector: &Vector2D| New(vector.neg()))
        .add(
            "vector2DAddAssign",
            &["other"],
            |vector: &Vector2D, other: Object<Vector2D>| vector.add_assign(&other),
        )
        .add(
            "vector2DSubAssign",
            &["other"],
            |vector: &Vector2D, other: Object<Vector2D>| vector.sub_assign(&other),
        )
        .add(
            "vector2DEquals",
            &["other"],
            |vector: &Vector2D, other: Object<Vector2D>| vector.equals(&other),
        )
        .add("vector2DText", &[], |vector: &Vector2D| vector.to_string())
        .close::<Vector2D>("vector2DClose");
}

fn from_json(data: Fields) -> Result<New<Vector2D>> {
    let data = data.only(&["x", "y"])?;
    Ok(New(Vector2D::new(data.required("x")?, data.required("y")?)))
}
