import { type GeneratorCallback, installPackagesTask, logger, type Tree } from "@nx/devkit";

/** A new package is known to others once npm has linked it and has written it into the lock file. */
export const linkPackages = (tree: Tree, skipInstall: boolean): GeneratorCallback =>
  skipInstall
    ? () => logger.info("Run npm install: it links the new package.")
    : () => installPackagesTask(tree, true);
