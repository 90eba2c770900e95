/** Classes written once in Rust, native in TypeScript and in Python, proved to behave the same in both. */
export { Animal, type AnimalData } from "./animal.ts";
export { Attachment, type AttachOptions } from "./attachment.ts";
export { Base, type BaseData } from "./base.ts";
export { Change } from "./change.ts";
export { Config, type ConfigData } from "./config.ts";
export { Counter, type CounterData } from "./counter.ts";
export { DataClass, type DataClassData } from "./data_class.ts";
export { DataClassBuilder } from "./data_class_builder.ts";
export { DataProcessor } from "./data_processor.ts";
export { Dog, type DogData } from "./dog.ts";
export { isPairityError, type PairityError } from "./errors.ts";
export { FileWriter, type FileWriterOptions } from "./file_writer.ts";
export type { FollowOptions } from "./following.ts";
export { FrozenDataClass } from "./frozen_data_class.ts";
export { type CheckOptions, HotReloader, type ReloaderOptions, type Subscription } from "./hot_reloader.ts";
export { MyList, type SortOptions } from "./my_list.ts";
export type { Integer } from "./native.ts";
export { Person, type PersonData } from "./person.ts";
export { Plugin, type PluginHook, type PluginHookDescription, type PluginLike } from "./plugin.ts";
export { PluginContext, type PluginResource } from "./plugin_context.ts";
export type {
  PluginEvent,
  PluginListener,
  PluginMetricsData,
  PluginTimes,
  QuarantineOptions,
} from "./plugin_events.ts";
export type { HookOptions } from "./plugin_hook_calls.ts";
export { PluginManager, type PluginManagerOptions } from "./plugin_manager.ts";
export type { ScanInstalledOptions } from "./plugin_packages.ts";
export {
  type PluginErrorData,
  PluginMetrics,
  type ReloadOutcome,
  ReloadReport,
  type ReloadReportData,
  ScanReport,
  type ScanReportData,
} from "./plugin_reports.ts";
export { Point, type PointData } from "./point.ts";
export { PooledPoint } from "./pooled_point.ts";
export { Range, type RangeData } from "./range.ts";
export { RustProcessor } from "./rust_processor.ts";
export { Signal } from "./signal.ts";
export {
  StateMachine,
  type StateMachineData,
  type Transition,
  type TransitionData,
  type TransitionGuard,
  type TransitionListener,
} from "./state_machine.ts";
export { type PlainData, type SavedStateData, StatefulPlugin } from "./stateful_plugin.ts";
export { Temperature, type TemperatureData } from "./temperature.ts";
export { ThreadBound } from "./thread_bound.ts";
export { Ticker, type WaitOptions } from "./ticker.ts";
export { Vector2D, type Vector2DData } from "./vector2d.ts";
export {
  type FromBufferOptions,
  Vector2DArray,
  type Vector2DArrayData,
  type Vector2DRow,
} from "./vector2d_array.ts";
export { Worker } from "./worker.ts";
