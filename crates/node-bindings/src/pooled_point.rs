//! `PooledPoint` for TypeScript: one line a method. The pool is `pooled_point.ts`, which keeps handles.

use crate::border::{Class, Exports};
use crate::results::New;
use crate::values::Object;
use pairity_core::PooledPoint;

impl Class for PooledPoint {
    const NAME: &'static str = "PooledPoint";
}

pub(crate) fn register(exports: &mut Exports) {
    exports
        .add("pooledPointNew", &["x", "y"], |x: f64, y: f64| {
            New(PooledPoint::new(x, y))
        })
        .add(
            "pooledPointRenew",
            &["x", "y"],
            |pooled: &PooledPoint, x: f64, y: f64| pooled.renew(x, y),
        )
        .add("pooledPointX", &[], |pooled: &PooledPoint| {
            pooled.point().x()
        })
        .add("pooledPointY", &[], |pooled: &PooledPoint| {
            pooled.point().y()
        })
        .add(
            "pooledPointEquals",
            &["other"],
            |pooled: &PooledPoint, other: Object<PooledPoint>| pooled.point().equals(other.point()),
        )
        .add("pooledPointHashCode", &[], |pooled: &PooledPoint| {
            pooled.point().hash()
        })
        .add("pooledPointText", &[], |pooled: &PooledPoint| {
            pooled.to_string()
        })
        .close::<PooledPoint>("pooledPointClose");
}
