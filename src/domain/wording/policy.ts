/** What is said of a policy file. Each sentence stands alone, names the thing and ends with the next step. */

/** Longest piece of a stranger's text that a sentence repeats. */
const LONGEST_QUOTE = 60;

/**
 * A piece of the file inside a sentence: cut, without control and direction characters. Addresses are not
 * repeated, because they may carry credentials.
 */
export function quote(text: string): string {
  if (text.includes("://")) return "this address";
  const visible = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, " ");
  const characters = Array.from(visible.slice(0, 4 * LONGEST_QUOTE));
  const cut = characters.length > LONGEST_QUOTE || visible.length > 4 * LONGEST_QUOTE;
  return cut ? `“${characters.slice(0, LONGEST_QUOTE).join("")}…”` : `“${visible}”`;
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function list(names: readonly string[], last: "or" | "and"): string {
  if (names.length < 2) return names.join("");
  return `${names.slice(0, -1).join(", ")} ${last} ${names.at(-1)}`;
}

/* The file as a whole */

export function fileTooLarge(bytes: number, limit: number): string {
  return `The file has ${bytes} bytes and a policy may have ${limit}; shorten it.`;
}
export function notUtf8(): string {
  return "The file is not UTF-8 text; save it as UTF-8.";
}
export function isUtf16(): string {
  return "The file is UTF-16 text; save it as UTF-8.";
}
export function strangeCharacter(code: number): string {
  const name = `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
  return `Here stands the invisible character ${name}, which would hide what the file says; remove it.`;
}
export function tooManyPieces(limit: number): string {
  return `The file has more than ${limit} pieces (words, marks and spaces), far more than a policy needs; shorten it.`;
}
export function nestedTooDeep(limit: number): string {
  return `The file is nested deeper than ${limit} levels here, deeper than a policy ever is; take the nesting out.`;
}
export function anchorRefused(): string {
  return "Anchors (&name) are not taken in a policy; write the value out where it is needed.";
}
export function aliasRefused(): string {
  return "References (*name) are not taken in a policy; write the value out, or put quotes around a text that starts with *.";
}
export function tagRefused(): string {
  return "Tags (!name) are not taken in a policy; remove it, or put quotes around a text that starts with !.";
}
export function directiveRefused(): string {
  return "YAML directives (%NAME) are not taken in a policy; remove the line.";
}
export function quoteNotClosed(): string {
  return "The quote that starts here is not closed; close it where the text ends.";
}
export function secondDocument(): string {
  return "A second YAML document starts here; a policy is one document, so remove this line and keep one of the two.";
}
export function mergeKeyRefused(): string {
  return "Merge keys (<<) are not taken in a policy; write the keys out.";
}
export function complexKey(): string {
  return "A key must be one plain word or text; write it as name: value.";
}
export function emptyKey(): string {
  return "A colon stands here without a key before it; write the key, or put quotes around the text.";
}
export function duplicateKey(key: string, firstLine: number): string {
  return `${capitalise(quote(key))} is given twice, first on line ${firstLine}; keep one of the two.`;
}
export function notAMap(): string {
  return "A policy is a map of keys such as mode and deploy; start with one of them, at the beginning of a line.";
}
export function moreProblems(count: number): string {
  return count === 1
    ? "There is one more problem; mend these first."
    : `There are ${count} more problems; mend these first.`;
}

/** What the YAML parser found, by its code. */
export function notYaml(code: string): string {
  switch (code) {
    case "BAD_INDENT":
      return "The indentation does not fit here, or a bracket is not closed; line this up with what it belongs to, or close the bracket.";
    case "TAB_AS_INDENT":
      return "A tab stands where YAML takes only spaces; indent with spaces.";
    case "BAD_DQ_ESCAPE":
      return "The backslash here starts no escape that YAML knows; write \\\\ for a backslash, or use single quotes.";
    case "BAD_SCALAR_START":
      return "A text cannot start with this character; put quotes around it.";
    case "BLOCK_AS_IMPLICIT_KEY":
      return "A second “key: value” stands on one line; put it on a line of its own, or put quotes around a text with a colon.";
    case "BLOCK_IN_FLOW":
      return "Lines with their own indentation cannot stand between brackets; close the bracket first, or write all of it in brackets.";
    case "MULTILINE_IMPLICIT_KEY":
      return "A key goes over several lines here; a colon may be missing after it, or a quote or bracket before it is not closed.";
    case "MISSING_CHAR":
      return "A comma, a colon, a quote or a closing bracket is missing at this place or just before it; add it.";
    case "KEY_OVER_1024_CHARS":
      return "A key is longer than 1,024 characters; a quote or bracket before it may not be closed.";
    case "UNEXPECTED_TOKEN":
      return "This cannot stand here; look for a comma, quote or bracket too many, or put quotes around the text.";
    default:
      return "This is not valid YAML; compare the line with the examples in the policy's reference.";
  }
}

/* Keys and values */

export function unknownKey(key: string, suggestion: KeySuggestion | null): string {
  const subject = capitalise(quote(key));
  if (suggestion?.kind === "similar") return `${subject} is no key here; did you mean ${suggestion.key}?`;
  if (suggestion?.kind === "elsewhere") {
    return suggestion.key === key
      ? `${subject} is no key here; it belongs under ${suggestion.parent}.`
      : `${subject} is no key here; did you mean ${suggestion.key}, under ${suggestion.parent}?`;
  }
  if (suggestion?.kind === "known" && suggestion.keys.length > 0) {
    const verb = suggestion.keys.length === 1 ? "known is" : "known are";
    return `${subject} is no key here; ${verb} ${list(suggestion.keys, "and")}.`;
  }
  return `${subject} is no key of a policy; remove it.`;
}

export type KeySuggestion =
  | { readonly kind: "similar"; readonly key: string }
  | { readonly kind: "elsewhere"; readonly key: string; readonly parent: string }
  | { readonly kind: "known"; readonly keys: readonly string[] };

/** `wanted` continues "is not", and says after a semicolon what to write instead. */
export function isNot(seen: string, wanted: string): string {
  return `${capitalise(seen)} is not ${wanted}.`;
}
/** `key` is null for an item of a list; `rest` is what else stands on the line. */
export function noValue(key: string | null, rest: string): string {
  const subject = key === null ? "This item" : capitalise(quote(key));
  const hint = rest.startsWith("#")
    ? "a # starts a comment, so put quotes around the text"
    : "give it one or remove the line";
  return `${subject} has no value; ${hint}.`;
}
export function needsQuotes(source: string, type: "number" | "boolean"): string {
  const word = type === "number" ? "a number" : "true or false";
  return `${source} is read as ${word} here and not as text; put quotes around it: "${source}".`;
}
export function emptyText(): string {
  return "This text is empty; write one or remove the key.";
}
export function outerSpace(value: string): string {
  return `${capitalise(quote(value))} begins or ends with a space; take the space away.`;
}
export function hiddenCharacter(): string {
  return "This text contains an invisible control or direction character; remove it.";
}
export function tooLong(length: number, limit: number): string {
  return `This text has ${length} characters and may have ${limit}; shorten it.`;
}
export function tooManyItems(limit: number): string {
  return `This list has more than ${limit} items; shorten it.`;
}
export function tooManyEntries(limit: number): string {
  return `This map has more than ${limit} entries; shorten it.`;
}
export function emptyList(instead: string): string {
  return `An empty list would mean ${instead}; name at least one, or remove the key.`;
}
export function listedTwice(item: string): string {
  return `${capitalise(item)} is listed twice; keep one of the two.`;
}

/* Wanted: continues "… is not" */

export const A_MAP = "a map; write keys with values below it, each as key: value";
export const A_LIST = "a list; write it as [one, another], or one item a line, each after a dash";
export const TRUE_OR_FALSE = "true or false; write one of the two";
export const A_TEXT = "a text; write one in quotes";
export const A_DURATION =
  "a duration; write a whole number and a unit without a space, such as 90s, 30m, 72h or 14d";
export const A_WHOLE_NUMBER = "a whole number; write one such as 1 or 2";
export const A_STATUS = 'a status; write its name such as "Done", or a category such as { category: done }';
export const A_SELECTOR =
  'a check; write { workflow: "ci.yml", job: "unit *" }, { check: "build *", app: "some-ci" } or { status: "ci/build" }';
export const A_FIELD = 'a field; write { name: "Risk assessment" }';
export const A_BASE = "a base; write { branch: production } or { deployment: production }";
export const AN_ENVIRONMENT = "an environment; write { base: { branch: production } }";
export const AN_ALLOWANCE =
  'an answer to who may lift; write { permission: admin } or { teams: ["acme/release"] }';

export function oneOf(what: string, values: readonly string[]): string {
  return `${what}; write ${list(values, "or")}`;
}

/* Durations and numbers */

export function tooShort(seen: string, least: string): string {
  return `${seen} is too short here; write at least ${least}.`;
}
export function durationTooLong(seen: string, most: string): string {
  return `${seen} is too long here; write at most ${most}.`;
}
export function outOfRange(seen: string, least: number, most: number): string {
  return `${seen} is out of range; write a whole number from ${least} to ${most}.`;
}

/* Names */

export function branchWithRef(branch: string): string {
  return `A branch is named without refs/heads/; write ${quote(branch)}.`;
}
export function notABranch(value: string): string {
  return `${capitalise(quote(value))} cannot be a branch's name in git; write the name as GitHub shows it, without patterns.`;
}
export function notAProject(value: string): string {
  const upper = value.toUpperCase();
  return upper !== value && isProjectKey(upper)
    ? `A Jira project key is upper case; write ${upper}.`
    : `${capitalise(quote(value))} is not a Jira project key; write the letters before the number of a ticket, such as PLAY for PLAY-12.`;
}
function isProjectKey(value: string): boolean {
  return /^[A-Z][A-Z0-9_]{1,9}$/.test(value);
}
export function notALogin(value: string): string {
  return value.startsWith("@")
    ? `A login is written without @; write ${quote(value.slice(1))}.`
    : `${capitalise(quote(value))} is not a GitHub login; write one such as octocat or dependabot[bot].`;
}
export function notAnOwner(value: string): string {
  return /[@\s]/.test(value)
    ? `${capitalise(quote(value))} is neither a team nor a person at GitHub; write @organisation/team or @login.`
    : `${capitalise(quote(value))} lacks the @; write ${quote(`@${value}`)}, as in CODEOWNERS.`;
}
export function notATeam(value: string): string {
  return value.startsWith("@")
    ? `A team is written without @ here; write ${quote(value.slice(1))}.`
    : `${capitalise(quote(value))} is not a team; write organisation/team, as in the team's address at GitHub.`;
}
export function notAWorkflow(value: string): string {
  const name = value.slice(value.lastIndexOf("/") + 1);
  if (value.includes("/") && /\.ya?ml$/.test(name)) {
    return `A workflow is named by its file alone; write ${quote(name)}.`;
  }
  return `${capitalise(quote(value))} is not the file of a workflow; write its name in .github/workflows without patterns, such as ci.yml.`;
}
export function notAnApp(value: string): string {
  return `${capitalise(quote(value))} is not a GitHub App's short name; write the last part of its address, such as some-ci for github.com/apps/some-ci.`;
}
export function notAChannel(value: string): string {
  return `${capitalise(quote(value))} is not a Slack channel; write its name such as "#deploys", or its id such as C012AB3CD.`;
}
export function notASlackUser(value: string): string {
  return `${capitalise(quote(value))} is not a Slack member's id; write one such as U012AB3CD (in Slack: profile, “Copy member ID”).`;
}

/* Selectors */

export function selectorWithoutSource(): string {
  return `A check needs one source: workflow, check or status; write for example { status: "ci/build" }.`;
}
export function selectorWithSources(sources: readonly string[]): string {
  return `A check has one source, and here are ${list(sources, "and")}; keep one of them.`;
}
export function selectorKeyWithout(key: "job" | "app", source: "workflow" | "check"): string {
  return `${capitalise(quote(key))} goes with ${source} only; remove it or name a ${source}.`;
}
export function ownContext(value: string): string {
  return `${capitalise(quote(value))} is Holdpoint's own and never counts as evidence; name a check of somebody else.`;
}

/* Deferred checks */

export function pullRequestEvent(event: string): string {
  return `${capitalise(event)} is never evidence, because such a run judges what is not on the trunk yet; remove it.`;
}
export function eventsOfStatus(): string {
  return "A commit status comes from no event; remove events, or name the check by its workflow.";
}
export function unknownEnvironment(name: string, known: readonly string[], similar: string | null): string {
  const subject = `The policy has no environment ${quote(name)}`;
  if (similar !== null) return `${subject}; did you mean ${similar}?`;
  return known.length === 0
    ? `${subject}, because deploy.environments names none; add it there, or remove it here.`
    : `${subject}; add it to deploy.environments, or name ${list(known.slice(0, 10), "or")}.`;
}
export function sameCheckName(name: string): string {
  return `Two deferred checks are called ${quote(name)}; give one of them another name.`;
}
export function sameMatch(name: string): string {
  return `This matches the same as the deferred check ${quote(name)}; remove one of the two.`;
}
export function reminderAfterGrace(reminder: string, grace: string): string {
  return `A reminder ${reminder} before the deadline would come before the clock begins, because the grace is ${grace}; write a shorter one.`;
}
export function checkWithout(key: "name" | "match"): string {
  return key === "name"
    ? 'A deferred check needs a name for people; add name: "Integration".'
    : 'A deferred check needs a match; add match: { workflow: "ci.yml", job: "integration *" }.';
}

/* Across keys */

export function fieldWithoutName(): string {
  return 'A field needs its name in Jira; add name: "Risk assessment".';
}
export function sameFieldName(name: string): string {
  return `The field ${quote(name)} is given twice; keep one and list all its types there.`;
}
export function environmentWithoutBase(name: string): string {
  return `The environment ${quote(name)} has no base, so nothing tells what is live there; add base: { branch: … } or base: { deployment: … }.`;
}
export function sameEnvironment(name: string, other: string): string {
  return `${capitalise(quote(name))} and ${quote(other)} are one environment, because GitHub does not look at case; keep one of them.`;
}
export function baseSources(count: 0 | 2): string {
  return count === 0
    ? "A base needs a branch or a deployment; write { branch: production } or { deployment: production }."
    : "A base is a branch or a deployment, and here are both; keep one of them.";
}
export function allowanceSources(count: 0 | 2): string {
  return count === 0
    ? 'Who may lift a halt is missing; write { permission: admin } or { teams: ["acme/release"] }.'
    : "Who may lift a halt is told by a permission or by teams, and here are both; keep one of them.";
}
export function categoryMissing(): string {
  return "The category is missing; write { category: done }.";
}
export function sameLabel(label: string, places: readonly [string, string]): string {
  return `${places.join(" and ")} are both the label ${quote(label)}; give each its own.`;
}
export function expiresAfterMax(expires: string, max: string): string {
  return `An override that lasts ${expires} is longer than the ${max} that override.max allows; shorten it or raise max.`;
}
export function slackWithoutChannel(): string {
  return 'Slack needs a channel; add channel: "#deploys".';
}
export function samePerson(login: string, other: string): string {
  return `${capitalise(quote(login))} and ${quote(other)} are one GitHub login; keep one of them.`;
}

/* Notes: said once in the policy's report */

export function noteNoEnvironments(): string {
  return "No environment is named under deploy.environments: the pre-deploy check is off, and the gate consists of holds alone.";
}
export function noteObserve(): string {
  return "The mode is observe: nothing is held; statuses say what would have been.";
}
export function noteUnknownAllowed(): string {
  return "on_unknown is allow: what could not be verified goes out, marked as unverified.";
}
export function noteTicketsOff(): string {
  return "tickets.require is off: commits need no ticket, and the tickets they carry are still checked.";
}
export function noteNoReminder(check: string, grace: string, reminder: string): string {
  return `The deferred check ${quote(check)} has a grace of ${grace}: it gets no reminder ${reminder} before its deadline.`;
}
export function noteBaseIsDeployBranch(environment: string, branch: string): string {
  return `The base of ${quote(environment)} is the deploy branch ${quote(branch)} itself: only heads of pull requests and merge groups differ from it.`;
}
