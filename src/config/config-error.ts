/** One thing wrong with the configuration. */
export interface ConfigFault {
  /** The environment variable, or those of which one is wanted. */
  name: string;
  /** What was found; never a secret's value. */
  found: string;
  /** What is wanted, and so what to do. */
  wanted: string;
}

/** The configuration cannot be read: every fault at once, a line each. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  readonly faults: readonly ConfigFault[];

  constructor(faults: readonly ConfigFault[]) {
    const lines = faults.map(({ name, found, wanted }) => `  ${name}: found ${found}; wanted ${wanted}.`);
    super(
      [`The configuration has ${faults.length === 1 ? "a fault" : `${faults.length} faults`}:`, ...lines].join("\n"),
    );
    this.faults = faults;
  }
}
