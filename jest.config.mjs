/** Rungs are Jest projects: `jest --selectProjects unit` runs one of them. See CONTRIBUTING.md. */
const shared = {
  rootDir: import.meta.dirname,
  testEnvironment: "node",
  transform: {
    "\\.[cm]?[jt]s$": [
      "@swc/jest",
      {
        jsc: { parser: { syntax: "typescript" }, target: "es2022" },
        module: { type: "commonjs" },
        sourceMaps: "inline",
      },
    ],
  },
  modulePathIgnorePatterns: ["<rootDir>/dist/", "<rootDir>/cdktf.out/", "<rootDir>/.nx/"],
};

/** @param {string} name */
const rung = (name) => ({
  ...shared,
  displayName: name,
  testMatch: [`<rootDir>/tools/rungs/src/${name}/**/*.test.ts`],
});

export default {
  projects: [
    {
      ...shared,
      displayName: "unit",
      testMatch: ["<rootDir>/{apps,libs,stacks,tools}/**/*.test.ts"],
      testPathIgnorePatterns: ["/node_modules/", "<rootDir>/tools/rungs/src/(synth|validate|mock|local)/"],
    },
    rung("synth"),
    rung("validate"),
    rung("mock"),
    rung("local"),
  ],
};
