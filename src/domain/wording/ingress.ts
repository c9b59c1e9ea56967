/** What the sender of a webhook is told, and what is noted beside a stored delivery. */
const REFUSED: Readonly<Record<string, string>> = {
  "signature-missing": "No signature: the webhook must be registered with a secret.",
  "signature-malformed": "The signature is malformed: sha256= and 64 hex digits are expected.",
  "signature-wrong": "The signature does not match: the secret or the body differs.",
  "header-missing": "A header is missing: X-GitHub-Delivery and X-GitHub-Event are needed.",
  "header-malformed": "A header is malformed, or stands twice.",
  "not-utf8": "The body is not UTF-8.",
  encoding: "Compressed bodies are not taken.",
  "content-type": "Only application/json is taken: choose it in the webhook's settings.",
  "too-large": "The body is larger than 25 MB.",
  aborted: "The request was broken off.",
  busy: "Too much is being received at this moment. Send it again.",
  "not-configured": "These webhooks are not switched on: the setting with their secret is missing.",
  "not-stored": "The delivery could not be stored. Send it again.",
  stopping: "Holdpoint is stopping. Send it again.",
};

export function requestRefused(code: string): string {
  return REFUSED[code] ?? "Refused.";
}

export function deliveryStored(): string {
  return "stored\n";
}

export function eventNotUsed(event: string, action: string | null): string {
  return action === null ? `${event} is not used` : `${event}.${action} is not used`;
}

export function ownEvent(): string {
  return "caused by Holdpoint itself";
}

export function notForAnInstallation(): string {
  return "sent by a webhook of a repository or an organisation, not for an installation of the App";
}

export function otherApp(appId: number): string {
  return `sent for another App (${appId})`;
}

export function installationGone(state: string): string {
  return `its installation is ${state}`;
}

export function notOfDeclaredShape(event: string, where: string): string {
  return `the payload does not have the shape of ${event}: ${where}`;
}

export function noTicketKey(): string {
  return "its ticket has no key that a commit could name";
}

export function notJson(): string {
  return "the body is no JSON object";
}

export function bodyForgotten(): string {
  return "the body is no longer kept";
}

export function othersCheckRun(appId: number | null): string {
  return `another App's check run has Holdpoint's name (App ${appId ?? "unknown"})`;
}
