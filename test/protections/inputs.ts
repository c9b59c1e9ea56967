/** An input that a row lists, and the test that gives it to Holdpoint. */
export interface ListedInput {
  readonly row: string;
  readonly input: string;
  readonly file: string;
  /** A part of the test's whole name, `outer > inner`, as its source writes it. */
  readonly name: string;
  /** How the case is written in the test's table, where the name does not say it. */
  readonly given?: string;
  /** Where that table stands, if not in the test's own file. */
  readonly in?: string;
}

type Row = readonly [input: string, name: string, given?: string];

function listed(row: string, file: string, rows: readonly Row[], table?: string): readonly ListedInput[] {
  return rows.map(([input, name, given]) => ({
    row,
    input,
    file,
    name,
    ...(given === undefined ? {} : { given }),
    ...(table === undefined ? {} : { in: table }),
  }));
}

const REFUSED = "REL-69: a hostile file is refused with a sentence > $name";
const LABEL = "REL-59: who may lift by the label > REL-59: ";
const COMMAND = "REL-59: who may lift by the command > REL-59: ";
const CODE = "REL-74: %s stays inside of code";

/** Of the rows that list many inputs: each input with its test. */
export const LISTED_INPUTS: readonly ListedInput[] = [
  ...listed("REL-04", "test/ingress/intake.test.ts", [
    ["a body of 25 MB", "REL-04: a body of 25 MB is accepted"],
    ["a body of 26 MB", "REL-04: a body of 26 MB is refused"],
    ["an endless chunked body", "REL-04: an endless chunked body"],
    ["headers that trickle", "REL-04: headers that trickle"],
    ["a body that trickles", "REL-04: a body that trickles"],
    ["a gzip bomb", "REL-04: a gzip bomb"],
    ["many at once: bounded memory", "REL-04: all bodies together"],
  ]),
  ...listed("REL-59", "test/stories/overrides.test.ts", [
    ["an admin's label", "REL-59: an admin may"],
    ["a maintainer's label", `${LABEL}%s`, "a maintainer may not"],
    ["a writer's label", `${LABEL}%s`, "a writer may not"],
    ["a label by somebody with triage", `${LABEL}%s`, "somebody with triage may not"],
    ["an admin's command", "REL-59: an admin may, for as long as was said"],
    ["a maintainer's command", `${COMMAND}%s`, "a maintainer may not"],
    ["a writer's command", `${COMMAND}%s`, "a writer may not"],
    ["a command by somebody with triage", `${COMMAND}%s`, "somebody with triage may not"],
    ["an outside collaborator's command", `${COMMAND}%s`, "an outside collaborator who may read may not"],
    ["somebody removed a minute ago", "REL-59: somebody who was an admin until a moment ago may not"],
    ["an ex-member of a team", "REL-59: a member may, somebody who was only invited may not"],
  ]),
  ...listed("REL-69", "test/policy/hostile-policy.test.ts", [
    ["a YAML bomb", REFUSED, "a bomb of references"],
    ["merge keys by the thousand", REFUSED, "merge keys by the thousand"],
    ["deep nesting in brackets", REFUSED, "deep lists in brackets"],
    ["deep nesting by indentation", REFUSED, "deep indentation"],
    ["duplicate keys", REFUSED, "duplicate keys"],
    ["__proto__", "REL-69: JavaScript's own names are keys like any other", "__proto__: { polluted: 1"],
    ["tags", REFUSED, "!!js/function"],
    ["a text of 1 MB", REFUSED, "1 MB of one text"],
    ["a byte-order mark", "REL-69: bytes > a UTF-8 start mark is taken off"],
    ["UTF-16", "REL-69: bytes > %s is refused by name", "UTF-16 without a start mark"],
    ["any of them in time", "REL-69: no file blocks the event loop for 50 ms"],
  ]),
  ...listed("REL-71", "test/policy/hostile-policy.test.ts", [
    ["the metadata address in a policy", "REL-71: no address from a policy", "http://169.254.169.254/latest"],
    ["localhost in a policy", "REL-71: no address from a policy", "http://localhost:8080"],
    ["a mapped loopback in a policy", "REL-71: no address from a policy", "http://[::ffff:127.0.0.1]/"],
    ["a decimal address in a policy", "REL-71: no address from a policy", "http://2130706433/"],
    ["a file in a policy", "REL-71: no address from a policy", "file:///etc/passwd"],
    ["credentials in a policy's address", "REL-71: no address from a policy", "https://user:hunter2@"],
  ]),
  ...listed("REL-71", "test/adapters/jira/network.test.ts", [
    ["the metadata address in the settings", "%s is refused before anything", "http://169.254.169.254"],
    ["a name that leads to loopback (rebinding)", "%s is refused before anything", "http://localhost.acme"],
    ["a mapped loopback in the settings", "%s is refused before anything", "http://[::ffff:127.0.0.1]"],
    ["a decimal address in the settings", "%s is refused before anything", "http://2852039166"],
    ["a file in the settings", "%s is refused before anything", "file:///etc/passwd"],
    ["a redirect to the inside", "a redirect to the inside is not followed"],
  ]),
  ...listed("REL-71", "test/config.test.ts", [
    ["credentials in the settings", "%s is refused", "REL-71: Jira with credentials"],
  ]),
  ...listed("REL-71", "test/adapters/github/waiting-deployments.test.ts", [
    ["another host to answer at", "REL-71: %s is refused with a sentence", "another host"],
    [
      "a machine's own address to answer at",
      "REL-71: %s is refused with a sentence",
      "a machine's own address",
    ],
  ]),
  ...listed("REL-73", "test/domain/tickets/read-message.test.ts", [
    ["a query behind a key", "REL-73: keys by a strict pattern", "'ABC-1\" OR project = SECRET'"],
    ["a backslash behind a key", "REL-73: keys by a strict pattern", '"ABC-1\\\\"'],
    ["lower case", "REL-73: keys by a strict pattern", "abc-1 text"],
    ["full-width digits", "REL-73: keys by a strict pattern", "ABC-１ text"],
    ["a key in an address", "", "https://jira.example.org/browse/PLAY-1 text"],
    ["a key in a branch", "", "Merge branch 'PLAY-1-cache'"],
  ]),
  ...listed("REL-73", "test/adapters/jira/faults.test.ts", [
    [
      "a query, sent to Jira",
      "REL-73: nothing but a strict key is ever sent",
      "'ABC-1\" OR project = SECRET'",
    ],
    ["a path, sent to Jira", "REL-73: nothing but a strict key is ever sent", "ABC-1/../../secret"],
  ]),
  ...listed("REL-73", "test/domain/rules/ticket-found.test.ts", [
    ["ten keys", "REL-73: of ten keys every one has to be found"],
    ["a ticket that was moved or renamed", "a moved ticket passes with a warning"],
  ]),
  ...listed("REL-73", "test/stories/jira-outage.test.ts", [
    ["a deleted ticket", "a deleted ticket is noticed"],
  ]),
  ...listed("REL-73", "test/stories/pre-deploy.test.ts", [["a restricted ticket", "", "restricted: true"]]),
  ...listed(
    "REL-74",
    "test/domain/escape/markdown-code.test.ts",
    [
      ["@org/team", CODE, '"@org/team"'],
      ["&#64;x", CODE, '"&#64;x"'],
      ["&commat;x", CODE, '"&commat;x"'],
      ["@&shy;x", CODE, '"@&shy;x"'],
      ["#1", CODE, '"#1"'],
      ["Fixes #1", CODE, '"Fixes #1"'],
      ["GH-1", CODE, '"GH-1"'],
      ["an issue's address", CODE, "https://github.com/acme/storefront/issues/1"],
      ["HTML", CODE, "<b onclick=alert(1)>"],
      ["an image", CODE, "![x](https://tracker.example/x.png)"],
      ["a fence", CODE, "```\\n@org/team"],
      ["a comment of HTML", CODE, "<!-- holdpoint answers 1 -->"],
      ["pipes of a table", CODE, "| a | b |"],
      ["100 KB", CODE, '"100 KB"'],
      ["characters that turn the direction", CODE, '"direction overrides"'],
      ["characters of no width", CODE, '"no width"'],
      ["control characters", CODE, '"controls"'],
      ["NUL", CODE, '"NUL"'],
    ],
    "test/domain/escape/hostile-text.ts",
  ),
  ...listed("REL-74", "test/domain/escape/rendered.test.ts", [
    ["each of them, rendered as GitHub does", "REL-74, rendered: %s, nothing lives outside of code"],
    ["each of them in a whole report", "REL-74, rendered: a report links to what is ours alone"],
  ]),
  ...listed("REL-76", "test/cockpit/session/sign-in-app.test.ts", [
    ["no state", "REL-76: what GitHub sends back signs nobody in > without a state"],
    ["a state that was used", "REL-76: what GitHub sends back signs nobody in > a second time"],
    ["another browser's state", "REL-76: what GitHub sends back signs nobody in > in another browser"],
    ["fixation", "REL-76: has a name that nobody can have known"],
    ["a stolen cookie after sign-out", "REL-76: is dead after sign-out"],
  ]),
  ...listed("REL-76", "test/adapters/github/sign-in.test.ts", [
    ["no PKCE", "REL-76: is given to nobody %s", "without PKCE"],
  ]),
  ...listed("REL-76", "test/cockpit/session/return-to.test.ts", [
    ["an open redirect", "REL-76: where somebody is sent back to", "//evil.example"],
  ]),
  ...listed("REL-76", "test/cockpit/session/write-ground.test.ts", [
    ["a form of another site", "REL-76: a form that another site sends is refused", "https://evil.example"],
    ["an origin of null", "REL-76: a form that another site sends is refused", 'origin: "null"'],
    ["a person who was removed while signed in", "somebody who was removed a moment ago"],
  ]),
  ...listed("REL-76", "test/cockpit/security-headers.test.ts", [
    ["clickjacking", "REL-76: clickjacking and whatever else"],
  ]),
  ...listed("REL-76", "test/cockpit/session/require-person.test.ts", [
    ["a right taken away while signed in", "ends within five minutes of being taken away"],
  ]),
  ...listed("REL-76", "test/cockpit/case/case-app.test.ts", [
    ["another's case by its number", "REL-76: a case of another repository"],
  ]),
  ...listed("REL-76", "test/cockpit/mending/mending-app.test.ts", [
    ["another's ticket by its key", "REL-76: a ticket %s answers like what does not exist"],
  ]),
  ...listed("REL-76", "test/cockpit/repository/hostile.test.ts", [
    ["hostile text in every field", "REL-76: texts that strangers wrote"],
  ]),
  ...listed("REL-76", "test/browser/hostile.browser.test.ts", [
    ["hostile text on every page of a browser", "REL-76: hostile text in every field of REL-74"],
  ]),
  ...listed("REL-77", "test/stories/secrets.test.ts", [
    ["the private key", "REL-77: whatever goes wrong", "privateKey"],
    ["the webhook's secret", "REL-77: whatever goes wrong", "canary-webhook"],
    ["the client's secret", "REL-77: whatever goes wrong", "canary-client"],
    ["Jira's token", "REL-77: whatever goes wrong", "apiToken"],
    ["Slack's token", "REL-77: whatever goes wrong", "SLACK_BOT_TOKEN: "],
    ["an installation's token", "REL-77: whatever goes wrong", '"ghs_"'],
    ["the database's address", "REL-77: whatever goes wrong", "shop.db.url"],
    ["/metrics", "REL-77: whatever goes wrong", '"/metrics"'],
    ["/healthz", "REL-77: whatever goes wrong", '"/healthz"'],
    ["the audit, and all else in the database", "REL-77: whatever goes wrong", "everyTextInTheDatabase()"],
    ["issues, comments, statuses", "REL-77: whatever goes wrong", "posted"],
  ]),
  ...listed("REL-77", "test/cockpit/session/sign-in-app.test.ts", [
    ["a person's tokens", "REL-77: tokens, cookies and states are nowhere"],
  ]),
  ...listed("REL-77", "test/cli/crash.test.ts", [
    ["what a process that breaks leaves behind", "REL-77: a process that cannot start"],
    ["source maps", "REL-77: nothing that is shipped has a source map"],
  ]),
];
