//! Temperature for TypeScript: one line a method.

use crate::border::{Class, Exports};
use crate::results::New;
use crate::values::{Fields, Object};
use pairity_core::Temperature;

impl Class for Temperature {
    const NAME: &'static str = "Temperature";
}

pub(crate) fn register(exports: &mut Exports) {
    exports
        .add("temperatureNew", &["celsius"], |celsius: f64| {
            Temperature::new(celsius).map(New)
        })
        .add(
            "temperatureFromFahrenheit",
            &["fahrenheit"],
            |fahrenheit: f64| Temperature::from_fahrenheit(fahrenheit).map(New),
        )
        .add("temperatureFromKelvin", &["kelvin"], |kelvin: f64| {
            Temperature::from_kelvin(kelvin).map(New)
        })
        .add("temperatureFromJson", &["data"], |data: Fields| {
            let celsius = data.only(&["celsius"])?.required("celsius")?;
            Ok::<_, crate::fail::Fail>(New(Temperature::new(celsius)?))
        })
        .add("temperatureClone", &[], |temperature: &Temperature| {
            New(*temperature)
        })
        .add("temperatureCelsius", &[], |temperature: &Temperature| {
            temperature.celsius()
        })
        .add("temperatureFahrenheit", &[], |temperature: &Temperature| {
            temperature.fahrenheit()
        })
        .add("temperatureKelvin", &[], |temperature: &Temperature| {
            temperature.kelvin()
        })
        .add(
            "temperatureEquals",
            &["other"],
            |temperature: &Temperature, other: Object<Temperature>| temperature.equals(&other),
        )
        .add(
            "temperatureCompareTo",
            &["other"],
            |temperature: &Temperature, other: Object<Temperature>| temperature.compare(&other),
        )
        .add("temperatureHashCode", &[], |temperature: &Temperature| {
            temperature.hash()
        })
        .add("temperatureText", &[], |temperature: &Temperature| {
            temperature.to_string()
        })
        .add("temperatureDebugText", &[], |temperature: &Temperature| {
            temperature.debug_text()
        })
        .close::<Temperature>("temperatureClose");
}
