export type * from "./api";
export * from "./clock";
export * from "./cursor";
export * from "./http";
export * from "./markdown";
export * from "./pending";
export * from "./socket";
export * from "./storage";
export * from "./time";
