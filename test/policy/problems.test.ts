import { describe, expect, test } from "vitest";
import { parsePolicy } from "../../src/policy/parse-policy.ts";

/** `line:column | path | message`, whole. */
function problemsOf(text: string): readonly string[] {
  const parsed = parsePolicy({ organisation: null, repository: text });
  expect(parsed.policy).toBeNull();
  expect(parsed.organisationProblems).toEqual([]);
  return parsed.problems.map(({ line, column, path, message }) =>
    [`${line}:${column}`, path, message].join(" | "),
  );
}

const CASES: readonly {
  readonly name: string;
  readonly text: string;
  readonly problems: readonly string[];
}[] = [
  // keys and types
  {
    name: "an unknown key like a known one",
    text: "tickets:\n  project: [PLAY]\n",
    problems: ["2:3 | tickets.project | “project” is no key here; did you mean projects?"],
  },
  {
    name: "an unknown key with other case and hyphens",
    text: "required-checks: []\n",
    problems: ["1:1 | required-checks | “required-checks” is no key here; did you mean required_checks?"],
  },
  {
    name: "a known key in the wrong place",
    text: "max_wait: 30m\n",
    problems: ["1:1 | max_wait | “max_wait” is no key here; it belongs under gate."],
  },
  {
    name: "a key nobody knows",
    text: "gate:\n  colour: red\n",
    problems: ["2:3 | gate.colour | “colour” is no key here; known is max_wait."],
  },
  {
    name: "a key given twice",
    text: "mode: observe\ntrunk: main\nmode: enforce\n",
    problems: ["3:1 | mode | “mode” is given twice, first on line 1; keep one of the two."],
  },
  {
    name: "a key without value",
    text: "deploy:\n",
    problems: ["1:1 | deploy | “deploy” has no value; give it one or remove the line."],
  },
  {
    name: "a value taken for a comment",
    text: "deferred:\n  label: #red\n",
    problems: [
      "2:3 | deferred.label | “label” has no value; a # starts a comment, so put quotes around the text.",
    ],
  },
  {
    name: "a list where a map belongs",
    text: "deploy: [main]\n",
    problems: ["1:9 | deploy | A list is not a map; write keys with values below it, each as key: value."],
  },
  {
    name: "a text where a map belongs",
    text: "gate: 30m\n",
    problems: ["1:7 | gate | “30m” is not a map; write keys with values below it, each as key: value."],
  },
  {
    name: "a text where a list belongs",
    text: "tickets: { projects: PLAY }\n",
    problems: [
      "1:22 | tickets.projects | “PLAY” is not a list; write it as [one, another], or one item a line, each after a dash.",
    ],
  },
  {
    name: "a map where a text belongs",
    text: "trunk: { branch: main }\n",
    problems: ["1:8 | trunk | A map is not a text; write one in quotes."],
  },
  {
    name: "a number where a text belongs",
    text: "trunk: 1.10\n",
    problems: ['1:8 | trunk | 1.10 is read as a number here and not as text; put quotes around it: "1.10".'],
  },
  {
    name: "a yes where a text belongs",
    text: "trunk: true\n",
    problems: [
      '1:8 | trunk | true is read as true or false here and not as text; put quotes around it: "true".',
    ],
  },
  {
    name: "yes, which YAML 1.2 takes for text",
    text: "override: { four_eyes: yes }\n",
    problems: ["1:24 | override.four_eyes | “yes” is not true or false; write one of the two."],
  },
  {
    name: "a choice that does not exist",
    text: "mode: dry-run\n",
    problems: ["1:7 | mode | “dry-run” is not a mode; write enforce or observe."],
  },
  {
    name: "an empty text",
    text: 'override: { label: "" }\n',
    problems: ["1:20 | override.label | This text is empty; write one or remove the key."],
  },
  {
    name: "a text with a space around it",
    text: 'override: { label: " halt" }\n',
    problems: ["1:20 | override.label | “ halt” begins or ends with a space; take the space away."],
  },
  {
    name: "a label longer than GitHub takes",
    text: "override: { label: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx }\n",
    problems: ["1:20 | override.label | This text has 51 characters and may have 50; shorten it."],
  },
  {
    name: "a file that is a list",
    text: "- mode: observe\n",
    problems: [
      "1:1 |  | A policy is a map of keys such as mode and deploy; start with one of them, at the beginning of a line.",
    ],
  },
  {
    name: "a file that is a word",
    text: "enforce\n",
    problems: [
      "1:1 |  | A policy is a map of keys such as mode and deploy; start with one of them, at the beginning of a line.",
    ],
  },
  {
    name: "an item listed twice",
    text: "tickets: { projects: [PLAY, OPS, PLAY] }\n",
    problems: ["1:34 | tickets.projects[2] | “PLAY” is listed twice; keep one of the two."],
  },
  {
    name: "a check listed twice",
    text: "required_checks:\n  - { workflow: ci.yml }\n  - workflow: ci.yml\n",
    problems: ["3:5 | required_checks[1] | This item is listed twice; keep one of the two."],
  },
  // durations and numbers
  {
    name: "a number without unit",
    text: "gate: { max_wait: 30 }\n",
    problems: [
      "1:19 | gate.max_wait | “30” is not a duration; write a whole number and a unit without a space, such as 90s, 30m, 72h or 14d.",
    ],
  },
  {
    name: "a unit nobody knows",
    text: "gate: { max_wait: 2w }\n",
    problems: [
      "1:19 | gate.max_wait | “2w” is not a duration; write a whole number and a unit without a space, such as 90s, 30m, 72h or 14d.",
    ],
  },
  {
    name: "a negative duration",
    text: "gate: { max_wait: -5m }\n",
    problems: [
      "1:19 | gate.max_wait | “-5m” is not a duration; write a whole number and a unit without a space, such as 90s, 30m, 72h or 14d.",
    ],
  },
  {
    name: "two units",
    text: "deferred: { grace: 1d12h }\n",
    problems: [
      "1:20 | deferred.grace | “1d12h” is not a duration; write a whole number and a unit without a space, such as 90s, 30m, 72h or 14d.",
    ],
  },
  {
    name: "a grace of nothing",
    text: "deferred: { grace: 0h }\n",
    problems: ["1:20 | deferred.grace | 0h is too short here; write at least 1s."],
  },
  {
    name: "a duration that is too long",
    text: "deferred: { grace: 400d }\n",
    problems: ["1:20 | deferred.grace | 400d is too long here; write at most 365d."],
  },
  {
    name: "a duration beyond all numbers",
    text: "deferred: { grace: 99999999999999d }\n",
    problems: [
      "1:20 | deferred.grace | “99999999999999d” is not a duration; write a whole number and a unit without a space, such as 90s, 30m, 72h or 14d.",
    ],
  },
  {
    name: "a wait longer than GitHub's",
    text: "gate: { max_wait: 31d }\n",
    problems: ["1:19 | gate.max_wait | 31d is too long here; write at most 30d."],
  },
  {
    name: "a part of a run",
    text: "deferred:\n  checks:\n    - { name: a, match: { status: a }, confirm: 1.5 }\n",
    problems: ["3:49 | deferred.checks[0].confirm | “1.5” is not a whole number; write one such as 1 or 2."],
  },
  {
    name: "no run at all",
    text: "deferred:\n  checks:\n    - { name: a, match: { status: a }, confirm: 0 }\n",
    problems: ["3:49 | deferred.checks[0].confirm | 0 is out of range; write a whole number from 1 to 100."],
  },
  {
    name: "a verify_grace beyond 2h",
    text: "deferred:\n  checks:\n    - { name: a, match: { status: a }, verify_grace: 3h }\n",
    problems: ["3:54 | deferred.checks[0].verify_grace | 3h is too long here; write at most 2h."],
  },
  // names
  {
    name: "a branch with refs/heads",
    text: "trunk: refs/heads/main\n",
    problems: ["1:8 | trunk | A branch is named without refs/heads/; write “main”."],
  },
  {
    name: "a branch git would not take",
    text: "trunk: release..1\n",
    problems: [
      "1:8 | trunk | “release..1” cannot be a branch's name in git; write the name as GitHub shows it, without patterns.",
    ],
  },
  {
    name: "a branch pattern",
    text: 'deploy: { branch: "release/*" }\n',
    problems: [
      "1:19 | deploy.branch | “release/*” cannot be a branch's name in git; write the name as GitHub shows it, without patterns.",
    ],
  },
  {
    name: "a tag",
    text: "trunk: refs/tags/v1\n",
    problems: [
      "1:8 | trunk | “refs/tags/v1” cannot be a branch's name in git; write the name as GitHub shows it, without patterns.",
    ],
  },
  {
    name: "a project key in lower case",
    text: "tickets: { projects: [play] }\n",
    problems: ["1:23 | tickets.projects[0] | A Jira project key is upper case; write PLAY."],
  },
  {
    name: "a ticket for a project key",
    text: "tickets: { projects: [PLAY-1] }\n",
    problems: [
      "1:23 | tickets.projects[0] | “PLAY-1” is not a Jira project key; write the letters before the number of a ticket, such as PLAY for PLAY-12.",
    ],
  },
  {
    name: "a login with @",
    text: 'tickets: { exempt: { authors: ["@octocat"] } }\n',
    problems: ["1:32 | tickets.exempt.authors[0] | A login is written without @; write “octocat”."],
  },
  {
    name: "an e-mail address for a login",
    text: 'tickets: { exempt: { authors: ["me@example.com"] } }\n',
    problems: [
      "1:32 | tickets.exempt.authors[0] | “me@example.com” is not a GitHub login; write one such as octocat or dependabot[bot].",
    ],
  },
  {
    name: "a team with @ where none belongs",
    text: 'override: { allow: { teams: ["@acme/release"] } }\n',
    problems: ["1:30 | override.allow.teams[0] | A team is written without @ here; write “acme/release”."],
  },
  {
    name: "a team without organisation",
    text: "override: { allow: { teams: [release] } }\n",
    problems: [
      "1:30 | override.allow.teams[0] | “release” is not a team; write organisation/team, as in the team's address at GitHub.",
    ],
  },
  {
    name: "an owner without @",
    text: "deferred:\n  checks:\n    - { name: a, match: { status: a }, owners: [acme/server] }\n",
    problems: [
      "3:49 | deferred.checks[0].owners[0] | “acme/server” lacks the @; write “@acme/server”, as in CODEOWNERS.",
    ],
  },
  {
    name: "an owner by e-mail",
    text: "deferred:\n  checks:\n    - { name: a, match: { status: a }, owners: [me@example.com] }\n",
    problems: [
      "3:49 | deferred.checks[0].owners[0] | “me@example.com” is neither a team nor a person at GitHub; write @organisation/team or @login.",
    ],
  },
  {
    name: "a channel without #",
    text: "notify: { slack: { channel: deploys } }\n",
    problems: [
      '1:29 | notify.slack.channel | “deploys” is not a Slack channel; write its name such as "#deploys", or its id such as C012AB3CD.',
    ],
  },
  {
    name: "a Slack name for a Slack id",
    text: 'notify: { slack: { channel: "#deploys", people: { octocat: "@mona" } } }\n',
    problems: [
      "1:60 | notify.slack.people.octocat | “@mona” is not a Slack member's id; write one such as U012AB3CD (in Slack: profile, “Copy member ID”).",
    ],
  },
  // selectors
  {
    name: "no source",
    text: "required_checks: [{}]\n",
    problems: [
      '1:19 | required_checks[0] | A check needs one source: workflow, check or status; write for example { status: "ci/build" }.',
    ],
  },
  {
    name: "two sources",
    text: "required_checks: [{ workflow: ci.yml, check: build }]\n",
    problems: [
      "1:19 | required_checks[0] | A check has one source, and here are workflow and check; keep one of them.",
    ],
  },
  {
    name: "a job without workflow",
    text: "required_checks: [{ job: unit }]\n",
    problems: ["1:19 | required_checks[0] | “job” goes with workflow only; remove it or name a workflow."],
  },
  {
    name: "an app with a status",
    text: "required_checks: [{ status: ci/build, app: some-ci }]\n",
    problems: ["1:19 | required_checks[0] | “app” goes with check only; remove it or name a check."],
  },
  {
    name: "a text for a check",
    text: "required_checks: [ci/build]\n",
    problems: [
      '1:19 | required_checks[0] | “ci/build” is not a check; write { workflow: "ci.yml", job: "unit *" }, { check: "build *", app: "some-ci" } or { status: "ci/build" }.',
    ],
  },
  {
    name: "a workflow by its path",
    text: "required_checks: [{ workflow: .github/workflows/ci.yml }]\n",
    problems: ["1:31 | required_checks[0].workflow | A workflow is named by its file alone; write “ci.yml”."],
  },
  {
    name: "a workflow by its title",
    text: "required_checks: [{ workflow: Build and test }]\n",
    problems: [
      "1:31 | required_checks[0].workflow | “Build and test” is not the file of a workflow; write its name in .github/workflows without patterns, such as ci.yml.",
    ],
  },
  {
    name: "a workflow pattern",
    text: 'required_checks: [{ workflow: "*.yml" }]\n',
    problems: [
      "1:31 | required_checks[0].workflow | “*.yml” is not the file of a workflow; write its name in .github/workflows without patterns, such as ci.yml.",
    ],
  },
  {
    name: "Holdpoint's own statuses",
    text: 'required_checks: [{ status: "Holdpoint/pre-*" }]\n',
    problems: [
      "1:29 | required_checks[0].status | “Holdpoint/pre-*” is Holdpoint's own and never counts as evidence; name a check of somebody else.",
    ],
  },
  {
    name: "Holdpoint's own check run",
    text: "required_checks: [{ check: Holdpoint }]\n",
    problems: [
      "1:28 | required_checks[0].check | “Holdpoint” is Holdpoint's own and never counts as evidence; name a check of somebody else.",
    ],
  },
  {
    name: "an app by its title",
    text: "required_checks: [{ check: build, app: Some CI }]\n",
    problems: [
      "1:40 | required_checks[0].app | “Some CI” is not a GitHub App's short name; write the last part of its address, such as some-ci for github.com/apps/some-ci.",
    ],
  },
  {
    name: "a pattern longer than 200",
    text: 'required_checks: [{ status: "a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*" }]\n',
    problems: [
      "1:29 | required_checks[0].status | This text has 202 characters and may have 200; shorten it.",
    ],
  },
  // tickets
  {
    name: "a category that Jira does not have",
    text: "tickets: { statuses: [{ category: closed }] }\n",
    problems: [
      "1:35 | tickets.statuses[0].category | “closed” is not a category of statuses; write new, indeterminate or done.",
    ],
  },
  {
    name: "a category left out",
    text: "tickets: { statuses: [{}] }\n",
    problems: ["1:23 | tickets.statuses[0].category | The category is missing; write { category: done }."],
  },
  {
    name: "a field by its name alone",
    text: "tickets: { fields: [Risk assessment] }\n",
    problems: [
      '1:21 | tickets.fields[0] | “Risk assessment” is not a field; write { name: "Risk assessment" }.',
    ],
  },
  {
    name: "a field without name",
    text: "tickets: { fields: [{ types: [Bug] }] }\n",
    problems: [
      '1:21 | tickets.fields[0].name | A field needs its name in Jira; add name: "Risk assessment".',
    ],
  },
  {
    name: "a misspelt key is not missing as well",
    text: "tickets: { fields: [{ nmae: Risk assessment }] }\n",
    problems: ["1:23 | tickets.fields[0].nmae | “nmae” is no key here; did you mean name?"],
  },
  {
    name: "no issue type",
    text: "tickets: { fields: [{ name: Risk assessment, types: [] }] }\n",
    problems: [
      "1:53 | tickets.fields[0].types | An empty list would mean that no issue type needs the field; name at least one, or remove the key.",
    ],
  },
  {
    name: "a field given twice",
    text: "tickets: { fields: [{ name: Risk }, { name: risk, types: [Bug] }] }\n",
    problems: [
      "1:45 | tickets.fields[1].name | The field “risk” is given twice; keep one and list all its types there.",
    ],
  },
  // environments
  {
    name: "no base",
    text: "deploy:\n  environments:\n    production: {}\n",
    problems: [
      "3:5 | deploy.environments.production | The environment “production” has no base, so nothing tells what is live there; add base: { branch: … } or base: { deployment: … }.",
    ],
  },
  {
    name: "an empty base",
    text: "deploy:\n  environments:\n    production: { base: {} }\n",
    problems: [
      "3:25 | deploy.environments.production.base | A base needs a branch or a deployment; write { branch: production } or { deployment: production }.",
    ],
  },
  {
    name: "two bases",
    text: "deploy:\n  environments:\n    production: { base: { branch: live, deployment: production } }\n",
    problems: [
      "3:25 | deploy.environments.production.base | A base is a branch or a deployment, and here are both; keep one of them.",
    ],
  },
  {
    name: "a branch alone",
    text: "deploy:\n  environments:\n    production: live\n",
    problems: [
      "3:17 | deploy.environments.production | “live” is not an environment; write { base: { branch: production } }.",
    ],
  },
  {
    name: "a base that is a branch's name",
    text: "deploy:\n  environments:\n    production: { base: live }\n",
    problems: [
      "3:25 | deploy.environments.production.base | “live” is not a base; write { branch: production } or { deployment: production }.",
    ],
  },
  {
    name: "a list of names",
    text: "deploy:\n  environments: [production]\n",
    problems: [
      "2:17 | deploy.environments | A list is not a map; write keys with values below it, each as key: value.",
    ],
  },
  {
    name: "two that differ in case only",
    text: "deploy:\n  environments:\n    production: { base: { branch: a } }\n    Production: { base: { branch: b } }\n",
    problems: [
      "4:5 | deploy.environments.Production | “production” and “Production” are one environment, because GitHub does not look at case; keep one of them.",
    ],
  },
  // deferred checks
  {
    name: "no name and no match",
    text: "deferred:\n  checks:\n    - grace: 1h\n",
    problems: [
      '3:7 | deferred.checks[0].name | A deferred check needs a name for people; add name: "Integration".',
      '3:7 | deferred.checks[0].match | A deferred check needs a match; add match: { workflow: "ci.yml", job: "integration *" }.',
    ],
  },
  {
    name: "pull requests as evidence",
    text: "deferred:\n  checks:\n    - { name: a, match: { workflow: a.yml }, events: [push, pull_request, pull_request_target] }\n",
    problems: [
      "3:61 | deferred.checks[0].events[1] | “pull_request” is never evidence, because such a run judges what is not on the trunk yet; remove it.",
      "3:75 | deferred.checks[0].events[2] | “pull_request_target” is never evidence, because such a run judges what is not on the trunk yet; remove it.",
    ],
  },
  {
    name: "an unknown event",
    text: "deferred:\n  checks:\n    - { name: a, match: { workflow: a.yml }, events: [pushes] }\n",
    problems: [
      "3:55 | deferred.checks[0].events[0] | “pushes” is not an event that gives evidence; write push, schedule, merge_group, workflow_dispatch, repository_dispatch, workflow_run or release.",
    ],
  },
  {
    name: "no event",
    text: "deferred:\n  checks:\n    - { name: a, match: { workflow: a.yml }, events: [] }\n",
    problems: [
      "3:54 | deferred.checks[0].events | An empty list would mean that no run ever counts; name at least one, or remove the key.",
    ],
  },
  {
    name: "events of a status",
    text: "deferred:\n  checks:\n    - { name: a, match: { status: a }, events: [push] }\n",
    problems: [
      "3:48 | deferred.checks[0].events | A commit status comes from no event; remove events, or name the check by its workflow.",
    ],
  },
  {
    name: "an environment that is not there",
    text: "deploy: { environments: { production: { base: { branch: live } } } }\ndeferred:\n  checks:\n    - { name: a, match: { status: a }, environments: [qa] }\n",
    problems: [
      "4:55 | deferred.checks[0].environments[0] | The policy has no environment “qa”; add it to deploy.environments, or name production.",
    ],
  },
  {
    name: "an environment misspelt",
    text: "deploy: { environments: { production: { base: { branch: live } } } }\ndeferred:\n  checks:\n    - { name: a, match: { status: a }, environments: [Producton] }\n",
    problems: [
      "4:55 | deferred.checks[0].environments[0] | The policy has no environment “Producton”; did you mean production?",
    ],
  },
  {
    name: "an environment where there is none",
    text: "deferred:\n  checks:\n    - { name: a, match: { status: a }, environments: [production] }\n",
    problems: [
      "3:55 | deferred.checks[0].environments[0] | The policy has no environment “production”, because deploy.environments names none; add it there, or remove it here.",
    ],
  },
  {
    name: "an environment that is there but wrong",
    text: "deploy: { environments: { production: { base: { branch: a..b } } } }\ndeferred:\n  checks:\n    - { name: a, match: { status: a }, environments: [production, qa] }\n",
    problems: [
      "1:57 | deploy.environments.production.base.branch | “a..b” cannot be a branch's name in git; write the name as GitHub shows it, without patterns.",
      "4:67 | deferred.checks[0].environments[1] | The policy has no environment “qa”; add it to deploy.environments, or name production.",
    ],
  },
  {
    name: "one name twice",
    text: "deferred:\n  checks:\n    - { name: Long, match: { status: a } }\n    - { name: long, match: { status: b } }\n",
    problems: [
      "4:15 | deferred.checks[1].name | Two deferred checks are called “long”; give one of them another name.",
    ],
  },
  {
    name: "one match twice",
    text: "deferred:\n  checks:\n    - { name: a, match: { check: x, app: y } }\n    - { name: b, match: { app: y, check: x } }\n",
    problems: [
      "4:25 | deferred.checks[1].match | This matches the same as the deferred check “a”; remove one of the two.",
    ],
  },
  {
    name: "a reminder after the grace",
    text: "deferred: { grace: 12h, remind: [24h, 4h] }\n",
    problems: [
      "1:34 | deferred.remind[0] | A reminder 24h before the deadline would come before the clock begins, because the grace is 12h; write a shorter one.",
    ],
  },
  {
    name: "a reminder after the default grace",
    text: "deferred: { remind: [72h] }\n",
    problems: [
      "1:22 | deferred.remind[0] | A reminder 72h before the deadline would come before the clock begins, because the grace is 72h; write a shorter one.",
    ],
  },
  {
    name: "one label for two things",
    text: "deferred: { label: halt, halt_label: Halt }\noverride: { label: halt }\n",
    problems: [
      "1:38 | deferred.halt_label | deferred.label and deferred.halt_label are both the label “Halt”; give each its own.",
      "2:20 | override.label | deferred.label and override.label are both the label “halt”; give each its own.",
    ],
  },
  {
    name: "a label that is the default of another",
    text: "deferred: { label: deploy-halt }\n",
    problems: [
      "1:20 | deferred.label | deferred.label and deferred.halt_label are both the label “deploy-halt”; give each its own.",
    ],
  },
  // overrides and Slack
  {
    name: "nobody may lift",
    text: "override: { allow: {} }\n",
    problems: [
      '1:20 | override.allow | Who may lift a halt is missing; write { permission: admin } or { teams: ["acme/release"] }.',
    ],
  },
  {
    name: "two answers to who may",
    text: "override: { allow: { permission: admin, teams: [acme/release] } }\n",
    problems: [
      "1:20 | override.allow | Who may lift a halt is told by a permission or by teams, and here are both; keep one of them.",
    ],
  },
  {
    name: "no team",
    text: "override: { allow: { teams: [] } }\n",
    problems: [
      "1:29 | override.allow.teams | An empty list would mean that nobody may lift a hold; name at least one, or remove the key.",
    ],
  },
  {
    name: "a permission that GitHub's base permissions do not have",
    text: "override: { allow: { permission: maintain } }\n",
    problems: [
      "1:34 | override.allow.permission | “maintain” is not a permission that may lift; write admin or write.",
    ],
  },
  {
    name: "longer than the longest",
    text: "override: { expires: 48h, max: 24h }\n",
    problems: [
      "1:22 | override.expires | An override that lasts 48h is longer than the 24h that override.max allows; shorten it or raise max.",
    ],
  },
  {
    name: "longer than the default longest",
    text: "override: { expires: 96h }\n",
    problems: [
      "1:22 | override.expires | An override that lasts 96h is longer than the 72h that override.max allows; shorten it or raise max.",
    ],
  },
  {
    name: "Slack without channel",
    text: "notify: { slack: {} }\n",
    problems: ['1:11 | notify.slack | Slack needs a channel; add channel: "#deploys".'],
  },
  {
    name: "one login twice",
    text: 'notify: { slack: { channel: "#d", people: { Octocat: U012AB3CD, octocat: U012AB3CE } } }\n',
    problems: [
      "1:65 | notify.slack.people.octocat | “Octocat” and “octocat” are one GitHub login; keep one of them.",
    ],
  },
  // YAML
  {
    name: "wrong indentation",
    text: "deploy:\n  branch: a\n allow_diverged: true\n",
    problems: [
      "3:1 |  | The indentation does not fit here, or a bracket is not closed; line this up with what it belongs to, or close the bracket.",
    ],
  },
  {
    name: "a tab",
    text: "deploy:\n\tbranch: a\n",
    problems: ["2:1 |  | A tab stands where YAML takes only spaces; indent with spaces."],
  },
  {
    name: "a quote that is not closed",
    text: 'trunk: "main\nmode: observe\n',
    problems: ["1:8 |  | The quote that starts here is not closed; close it where the text ends."],
  },
  {
    name: "a bracket that is not closed",
    text: "tickets: { projects: [PLAY }\n",
    problems: [
      "1:28 |  | The indentation does not fit here, or a bracket is not closed; line this up with what it belongs to, or close the bracket.",
    ],
  },
  {
    name: "a bracket too many",
    text: "tickets: { projects: [PLAY]] }\n",
    problems: [
      "1:30 |  | This cannot stand here; look for a comma, quote or bracket too many, or put quotes around the text.",
    ],
  },
  {
    name: "a comma that is missing",
    text: "gate: { max_wait: 30m\n  other: 1 }\n",
    problems: [
      "1:19 |  | A key goes over several lines here; a colon may be missing after it, or a quote or bracket before it is not closed.",
    ],
  },
  {
    name: "two keys on one line",
    text: "deploy: branch: main\n",
    problems: [
      "1:9 |  | A second “key: value” stands on one line; put it on a line of its own, or put quotes around a text with a colon.",
    ],
  },
  {
    name: "a text that starts with a star",
    text: "required_checks: [{ status: *ci }]\n",
    problems: [
      "1:29 |  | References (*name) are not taken in a policy; write the value out, or put quotes around a text that starts with *.",
    ],
  },
  {
    name: "an anchor",
    text: "deploy: &deploy { branch: a }\n",
    problems: ["1:9 |  | Anchors (&name) are not taken in a policy; write the value out where it is needed."],
  },
  {
    name: "a tag",
    text: "trunk: !!str 1\n",
    problems: [
      "1:8 |  | Tags (!name) are not taken in a policy; remove it, or put quotes around a text that starts with !.",
    ],
  },
  {
    name: "a directive",
    text: "%YAML 1.1\n---\nmode: observe\n",
    problems: ["1:1 |  | YAML directives (%NAME) are not taken in a policy; remove the line."],
  },
  {
    name: "a second document",
    text: "mode: observe\n---\nmode: enforce\n",
    problems: [
      "2:1 |  | A second YAML document starts here; a policy is one document, so remove this line and keep one of the two.",
    ],
  },
  {
    name: "a merge key",
    text: "deploy:\n  <<: { branch: a }\n",
    problems: ["2:3 | deploy | Merge keys (<<) are not taken in a policy; write the keys out."],
  },
  {
    name: "a list for a key",
    text: "[a]: b\n",
    problems: ["1:1 |  | A key must be one plain word or text; write it as name: value."],
  },
  {
    name: "no key",
    text: ": b\n",
    problems: [
      "1:1 |  | A colon stands here without a key before it; write the key, or put quotes around the text.",
    ],
  },
  {
    name: "a percent sign",
    text: "trunk: @main\n",
    problems: ["1:8 |  | A text cannot start with this character; put quotes around it."],
  },
  {
    name: "a wrong escape",
    text: 'trunk: "a\\qb"\n',
    problems: [
      "1:10 |  | The backslash here starts no escape that YAML knows; write \\\\ for a backslash, or use single quotes.",
    ],
  },
];

describe("what is wrong is named with its place and the next step", () => {
  test.each(CASES)("$name", ({ text, problems }) => {
    expect(problemsOf(text)).toEqual(problems);
  });
});

test("all problems are told at once, in the order of the file", () => {
  const text = [
    "mode: dry-run",
    "gate: { max_wait: 5 }",
    "tickets: { projects: [play], reqire: off }",
    "override: { expires: 96h }",
  ].join("\n");
  expect(problemsOf(text)).toEqual([
    "1:7 | mode | “dry-run” is not a mode; write enforce or observe.",
    "2:19 | gate.max_wait | “5” is not a duration; write a whole number and a unit without a space, such as 90s, 30m, 72h or 14d.",
    "3:23 | tickets.projects[0] | A Jira project key is upper case; write PLAY.",
    "3:30 | tickets.reqire | “reqire” is no key here; did you mean require?",
    "4:22 | override.expires | An override that lasts 96h is longer than the 72h that override.max allows; shorten it or raise max.",
  ]);
});

test("of more than a hundred problems the rest is counted", () => {
  const text = Array.from({ length: 150 }, (_, index) => `zzz${index}: 1\n`).join("");
  const problems = problemsOf(text);
  expect(problems).toHaveLength(101);
  expect(problems[100]).toBe("100:1 |  | There are 50 more problems; mend these first.");
});

test("keys given twice by the hundred are counted the same way", () => {
  const problems = problemsOf("mode: observe\n".repeat(151));
  expect(problems).toHaveLength(101);
  expect(problems[100]).toBe("101:1 |  | There are 50 more problems; mend these first.");
});

test("lines are counted the same with Windows' line ends", () => {
  expect(problemsOf("mode: observe\r\n\r\ntrunk: a..b\r\n")[0]).toMatch(/^3:8 \| trunk \| /);
});
