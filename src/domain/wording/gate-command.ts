/** What `holdpoint gate` says about itself and about what kept it from an answer. */
export function gateHelp(): string {
  return `holdpoint gate OWNER/REPO --environment E --sha SHA [--rollback] [--wait 10m] [--json]

Asks a running Holdpoint whether this commit may go to this environment now, and says why not and who can do what
about it. For any deploy tool: ask right before the deploy, for the very commit that goes out.
  --rollback   back to what was live there before: open in spite of tickets and expired cases, not of a halt or
               of a required check that is not green
  --wait       asks again, every 5 to 30 seconds, until the gate is open or that time is over
HOLDPOINT_URL is the address of the Holdpoint to ask, HOLDPOINT_TOKEN one of its HOLDPOINT_API_TOKENS.
Exit code 0: open. 1: held. 2: unknown, or it could not be asked.
`;
}

export function gateRepositoryWanted(): string {
  return "holdpoint: name one repository: OWNER/REPO. See --help.\n";
}
export function gateEnvironmentWanted(): string {
  return "holdpoint: say where it is to go: --environment production. See --help.\n";
}
export function gateShaWanted(): string {
  return "holdpoint: --sha must be the whole name of the commit: 40 hex digits, 64 in a SHA-256 repository. See --help.\n";
}
export function gateWaitWanted(): string {
  return "holdpoint: --wait takes a duration of at most a day, a whole number and a unit, such as 90s or 10m.\n";
}

export function gateAsksAgain(state: string, seconds: number): string {
  return `holdpoint: ${state.replace(/\.$/, "")}; asking again in ${seconds} s.\n`;
}
export function gateInterrupted(): string {
  return "holdpoint: interrupted before there was an answer.\n";
}

/** What came in place of an answer: none of these is ever taken for an open gate. */
export function gateUnreachable(what: string): string {
  return `Holdpoint could not be reached (${what}): check HOLDPOINT_URL and the network.`;
}
export function gateRedirected(status: number): string {
  return `the address answered with a redirect (${status}), which is not followed: a token goes nowhere else. Set HOLDPOINT_URL to where Holdpoint really is.`;
}
export function gateTokenRefused(): string {
  return "Holdpoint does not know the token: compare HOLDPOINT_TOKEN with its HOLDPOINT_API_TOKENS.";
}
export function gateNotFound(): string {
  return "Holdpoint knows no such repository, or the token may not ask about it.";
}
export function gateRefused(status: number, message: string): string {
  return message === "" ? `Holdpoint answered with status ${status}.` : `Holdpoint answered: ${message}`;
}
export function gateNoJson(status: number): string {
  return `the answer (status ${status}) is not Holdpoint's: a log-in page or a proxy may stand at that address.`;
}
export function gateOtherSchema(): string {
  return "the answer is not of the schema holdpoint.gate/1, or not about what was asked: this and that Holdpoint are of different versions, or something stands between.";
}
export function gateAnswerTooLarge(): string {
  return "the answer was too large and was not read.";
}
export function gateCouldNot(problem: string): string {
  return `holdpoint: the gate could not be asked: ${problem}\n`;
}
