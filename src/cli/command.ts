/** What a command is given; nothing of the process is reached around it. */
export interface CommandInput {
  /** What follows the command's name. */
  readonly arguments: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Where relative paths start. */
  readonly folder: string;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Colour and progress are for people: only where the output is a terminal. */
  readonly terminal: { readonly out: boolean; readonly err: boolean; readonly columns: number };
  /** Aborted at the first SIGINT or SIGTERM. */
  readonly signal: AbortSignal;
}

/** 0 yes, 1 no, 2 could not. */
export type ExitCode = 0 | 1 | 2;

export interface Command {
  /** The whole text of `--help`. */
  readonly help: string;
  readonly run: (input: CommandInput) => Promise<ExitCode>;
}
