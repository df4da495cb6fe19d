/** A level of proof: each needs a little more of the machine than the one before. */
export interface Rung {
  /** Also the name of its Jest project, see jest.config.mjs. */
  readonly name: "unit" | "synth" | "validate" | "mock" | "local";
  /** What it shows, for the help text. */
  readonly proves: string;
  readonly needs: readonly ("terraform" | "emulator")[];
  /** Test files that may run at once: what starts servers and deploys must not share the machine. */
  readonly workers: number;
}

export const RUNGS: readonly Rung[] = [
  { name: "unit", proves: "pure logic and each construct, in milliseconds", needs: [], workers: 2 },
  {
    name: "synth",
    proves: "every zone and stack synthesizes, the same in any folder",
    needs: [],
    workers: 2,
  },
  {
    name: "validate",
    proves: "every instance passes the real provider's schema",
    needs: ["terraform"],
    workers: 1,
  },
  {
    name: "mock",
    proves: "every instance of a real zone plans and applies, its resources mocked",
    needs: ["terraform"],
    workers: 1,
  },
  {
    name: "local",
    proves: "the local zone is deployed, used and destroyed on the emulator",
    needs: ["terraform", "emulator"],
    workers: 1,
  },
];
