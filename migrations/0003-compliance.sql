-- Deferred compliance: streaks of red on the trunk, their issues, their clocks.

-- When something is due. A sweep takes what is due, with its look, in one transaction; the look decides what is true then,
-- and sets the next moment. key says what it is for: 'compliance:7', 'override:3', 'gate:7'.
create table holdpoint.deadline (
  key            text primary key,
  repository_id  bigint not null references holdpoint.repository (id),
  -- The subject to look at, as the queue takes it.
  subject        jsonb not null,
  due_at         timestamptz not null
);
create index deadline_due on holdpoint.deadline (due_at);

-- A check of the policy that is watched, since when: what is red at that moment is adopted, with its full grace.
create table holdpoint.watched_check (
  repository_id  bigint not null references holdpoint.repository (id),
  policy_name    text not null,
  -- What it names: with another selector it is watched anew.
  selector       text not null,
  since          timestamptz not null,
  -- Watched under mode: observe; enforced later, it is adopted then.
  observed       boolean not null default false,
  -- When the trunk's newest result of it ended; null: nothing there matches it.
  heard_at       timestamptz,
  primary key (repository_id, policy_name)
);

-- One streak of one check. Its state is derived (domain/compliance/case.ts).
create table holdpoint.compliance_case (
  id                bigint generated always as identity primary key,
  repository_id     bigint not null references holdpoint.repository (id),
  check_key         text not null,
  name              text not null,
  source            jsonb not null,
  policy_name       text not null,
  first_red         jsonb not null,
  first_red_sha     text not null,
  newest_red        jsonb not null,
  reds              integer not null default 1,
  last_green        text,
  opened_at         timestamptz not null,
  adopted           boolean not null,
  -- Milliseconds.
  grace             bigint not null,
  verify_grace      bigint not null,
  environments      text[],
  owners            text[] not null,
  warned_at         timestamptz,
  reminded_at       timestamptz,
  deadline          timestamptz,
  verify_until      timestamptz,
  unverified_since  timestamptz,
  expired_at        timestamptz,
  end_as            text check (end_as in ('green', 'gone', 'by-hand', 'void')),
  end_record        jsonb,
  ended_at          timestamptz,
  version           integer not null default 1
);
create unique index compliance_case_open on holdpoint.compliance_case (repository_id, check_key) where end_as is null;
create index compliance_case_ended on holdpoint.compliance_case (repository_id, check_key, ended_at) where end_as is not null;
create index compliance_case_issue on holdpoint.compliance_case (repository_id, first_red_sha);

-- One for each first red commit; who is told and the range are computed once. The issue's number is in the effect's row.
create table holdpoint.compliance_issue (
  repository_id   bigint not null references holdpoint.repository (id),
  first_red_sha   text not null,
  range           jsonb not null,
  people          jsonb not null,
  opened_at       timestamptz not null,
  primary key (repository_id, first_red_sha)
);

-- Red runs that were told of and that no read has shown yet: they are looked for, a little while.
create table holdpoint.heard_red (
  repository_id  bigint not null references holdpoint.repository (id),
  sha            text not null,
  heard_at       timestamptz not null,
  primary key (repository_id, sha)
);

-- A message's place in Slack.
alter table holdpoint.effect add column remote_ref text;

-- When somebody last set out to make the issue: until GitHub's lists must show it, nobody sets out again.
alter table holdpoint.effect add column begun_at timestamptz;
