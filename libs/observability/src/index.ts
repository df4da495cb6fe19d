export { Alarm, type AlarmMetric, type AlarmProps } from "./alarm";
export { AppDashboard, type AppDashboardProps } from "./app-dashboard";
export { type AppMetric } from "./dashboard-widgets";
export { FunctionAlarms, type FunctionAlarmsProps } from "./function-alarms";
export { QueueAlarms, type QueueAlarmsProps } from "./queue-alarms";
export { StreamAlarms, type StreamAlarmsProps } from "./stream-alarms";
export { TableAlarms, type TableAlarmsProps } from "./table-alarms";
