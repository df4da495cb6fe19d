import { createProjectGraphAsync, readCachedProjectGraph } from "@nx/devkit";
import nx from "@nx/eslint-plugin";
import prettier from "eslint-config-prettier";
import tseslint from "typescript-eslint";

// In a fresh clone there is no graph yet, and without one the rule of the module boundaries is skipped with a mere warning.
try {
  readCachedProjectGraph();
} catch {
  await createProjectGraphAsync();
}

/** Imports run one way: core ← libs ← stacks, apps ← tools. A project's tags come from its folder (tools/nx-terraform). */
const layers = [
  {
    sourceTag: "type:core",
    onlyDependOnLibsWithTags: ["type:core"],
    bannedExternalImports: ["cdktf", "cdktf/*", "constructs", "constructs/*", "@cdktf/*"],
  },
  { sourceTag: "type:zone", onlyDependOnLibsWithTags: ["type:core"] },
  { sourceTag: "type:lib", onlyDependOnLibsWithTags: ["type:core", "type:lib"] },
  { sourceTag: "type:stack", onlyDependOnLibsWithTags: ["type:core", "type:lib", "type:stack"] },
  { sourceTag: "type:app", onlyDependOnLibsWithTags: ["type:core", "type:lib", "type:stack"] },
  {
    sourceTag: "type:tool",
    onlyDependOnLibsWithTags: ["type:core", "type:zone", "type:lib", "type:stack", "type:app", "type:tool"],
  },
];

/** The root of the provider's package, by any of its names. */
const PROVIDER_ROOT = "^@cdktf/provider-aws(/lib(/index(\\.js)?)?)?$";
const providerRootMessage =
  'Import "@cdktf/provider-aws/lib/<resource>": the root loads every resource (10 s, 0.75 GB).';
const providerRoot = { regex: PROVIDER_ROOT, message: providerRootMessage };

/** Another stack is known by its contract alone. */
const contractsOnly = {
  regex: "^@landfall/(stack|app)-[^/]+$",
  message: "Import the other stack's contract (`…/contract`), never its constructs.",
};

/** AGPL-3.0: it stays a development tool of one folder, and nothing that is shipped knows of it. */
const simulatorMessage = "Only tools/permissions may import the simulator: its licence is AGPL-3.0.";
const simulator = { regex: "^@cloud-copilot/", message: simulatorMessage };

/** An app's two halves meet in environment variables alone: an import would carry cdktf into the function's zip. */
const noInfrastructure = {
  regex: "^(cdktf|constructs|@cdktf/.*|@landfall/(?!core$).*)($|/)|/infra/",
  message: "Runtime code knows nothing of infrastructure code.",
};
const noRuntimeCode = {
  regex: "^\\.\\.?/(.*/)?src/",
  message: "Infrastructure code names a function by its file; it does not import it.",
};

export default tseslint.config(
  { ignores: ["dist/", "cdktf.out/", "node_modules/", ".nx/", "**/fixtures/**/*.js"] },
  ...tseslint.configs.recommended,
  {
    files: ["**/*.{ts,mts,mjs,js}"],
    plugins: { "@nx": nx },
    rules: {
      "@nx/enforce-module-boundaries": [
        "error",
        { depConstraints: layers, allow: [], enforceBuildableLibDependency: false },
      ],
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_$" }],
      "no-restricted-imports": ["error", { patterns: [providerRoot, simulator] }],
      "no-restricted-syntax": [
        "error",
        {
          selector: 'ImportExpression[source.value="@cdktf/provider-aws"]',
          message: providerRootMessage,
        },
      ],
      eqeqeq: "error",
      "no-console": "off",
    },
  },
  {
    files: ["stacks/**/*.ts", "apps/*/infra/**/*.ts"],
    rules: {
      "no-restricted-imports": [
        "error",
        { patterns: [providerRoot, simulator, contractsOnly, noRuntimeCode] },
      ],
    },
  },
  {
    files: ["apps/*/src/**/*.ts"],
    rules: { "no-restricted-imports": ["error", { patterns: [noInfrastructure] }] },
  },
  {
    files: ["tools/permissions/**/*.ts"],
    rules: { "no-restricted-imports": ["error", { patterns: [providerRoot] }] },
  },
  {
    // An example shows the package as others import it.
    files: ["libs/*/example.ts"],
    rules: {
      "@nx/enforce-module-boundaries": [
        "error",
        {
          depConstraints: layers,
          allow: [],
          enforceBuildableLibDependency: false,
          allowCircularSelfDependency: true,
        },
      ],
    },
  },
  prettier,
);
