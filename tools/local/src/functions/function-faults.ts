/** When a process is killed, counted from the start of its invocation. */
export interface Kill {
  /** After the function has written so many lines. */
  readonly afterLines: number;
  /** And so many milliseconds more. */
  readonly afterMilliseconds: number;
}

/** Faults of the functions themselves: a host that dies in the middle of a batch. */
export interface FunctionFaults {
  /**
   * Told of each invocation before it starts; undefined lets it live. One that is over before its time is not killed.
   *
   * @param number counts the invocations of the function, from 1
   */
  kill(functionName: string, number: number): Kill | undefined;
}
