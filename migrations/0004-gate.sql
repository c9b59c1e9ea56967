-- The gate: what was judged of a commit for an environment, what holds, what is lifted, who waits.

-- Answers come from those of the last 60 seconds; older ones are read again. Those that show a status of the gate are kept as
-- long as somebody has to flip it: until the commit is live, or its pull request is over.
create table holdpoint.judgement (
  repository_id  bigint not null references holdpoint.repository (id),
  environment    text not null,
  sha            text not null,
  place          text not null check (place in ('deploy-branch', 'pull-request', 'merge-group', 'elsewhere')),
  was_live       boolean not null,
  verdict        jsonb,
  read_at        timestamptz not null,
  shown          boolean not null default false,
  primary key (repository_id, environment, sha)
);
create index judgement_read_at on holdpoint.judgement (read_at) where not shown;
create index judgement_shown on holdpoint.judgement (repository_id) where shown;

-- A hold lifted for a time by somebody authorised. source is what it was decided upon, each once:
-- 'label-event:<id>', 'comment:<id>'.
create table holdpoint.override (
  id             bigint generated always as identity primary key,
  repository_id  bigint not null references holdpoint.repository (id),
  source         text not null,
  kind           text not null check (kind in ('cases', 'reasons')),
  case_ids       bigint[] not null default '{}',
  environment    text,
  sha            text,
  codes          text[] not null default '{}',
  -- Where it was said, and answers go.
  issue_number   integer,
  by_id          bigint not null,
  by_login       text not null,
  because        text,
  began_at       timestamptz not null,
  ends_at        timestamptz not null,
  ended_at       timestamptz,
  ended_by       text,
  -- The policy wants a reason first: not in force before somebody gave it.
  awaits_reason  boolean not null default false,
  unique (repository_id, source)
);
create index override_in_force on holdpoint.override (repository_id) where ended_at is null;

create table holdpoint.halt (
  id             bigint generated always as identity primary key,
  repository_id  bigint not null references holdpoint.repository (id),
  source         text not null,
  environment    text,
  issue_number   integer not null,
  by_id          bigint not null,
  by_login       text not null,
  because        text,
  began_at       timestamptz not null,
  ended_at       timestamptz,
  ended_by       text,
  unique (repository_id, source)
);
create index halt_in_force on holdpoint.halt (repository_id) where ended_at is null;

create table holdpoint.rollback_permit (
  id             bigint generated always as identity primary key,
  repository_id  bigint not null references holdpoint.repository (id),
  source         text not null,
  environment    text not null,
  sha            text not null,
  by_id          bigint not null,
  by_login       text not null,
  because        text not null,
  began_at       timestamptz not null,
  ends_at        timestamptz not null,
  unique (repository_id, source)
);
create index rollback_permit_ends_at on holdpoint.rollback_permit (repository_id, ends_at);

-- When a tool's rollback was last put on record and announced: once an hour, however often it asks. It permits nothing.
create table holdpoint.tool_rollback (
  repository_id  bigint not null references holdpoint.repository (id),
  environment    text not null,
  sha            text not null,
  told_at        timestamptz not null,
  primary key (repository_id, environment, sha)
);

-- Commits that an environment's base branch was seen at: GitHub keeps no record of where a branch was, and a rollback asks for it.
create table holdpoint.live_commit (
  repository_id  bigint not null references holdpoint.repository (id),
  environment    text not null,
  sha            text not null,
  first_seen_at  timestamptz not null,
  primary key (repository_id, environment, sha)
);

-- The policy texts that open cases and halts stand on while a looser one is not accepted yet (J9).
create table holdpoint.accepted_policy (
  repository_id      bigint primary key references holdpoint.repository (id),
  text               text,
  sha                text,
  organisation_text  text,
  organisation_sha   text,
  accepted_by        text,
  accepted_at        timestamptz not null,
  -- The looser texts that wait to be accepted, null where the file was deleted, and when they were first read.
  waiting_text               text,
  waiting_organisation_text  text,
  waiting_since              timestamptz
);

-- Jobs that wait for a deployment protection rule.
create table holdpoint.waiting_deployment (
  repository_id  bigint not null references holdpoint.repository (id),
  run_id         bigint not null,
  environment    text not null,
  sha            text not null,
  callback_url   text not null,
  asked_at       timestamptz not null,
  -- A job that is run again asks again, as the same run and environment.
  asks           integer not null default 1,
  -- max_wait: rejected then. null: nobody has looked yet.
  ends_at        timestamptz,
  reports        integer not null default 0,
  -- gone: it waits no more, and not because of us.
  answer         text check (answer in ('approved', 'rejected', 'gone')),
  answered_at    timestamptz,
  primary key (repository_id, run_id, environment)
);
create index waiting_deployment_open on holdpoint.waiting_deployment (repository_id) where answer is null;

-- Labels put on and taken off, closed, reopened: the newest event of an issue or a pull request that was decided upon.
create table holdpoint.issue_cursor (
  repository_id  bigint not null references holdpoint.repository (id),
  issue_number   integer not null,
  event_id       bigint not null,
  primary key (repository_id, issue_number)
);

-- When the head was seen first: who lifts what holds a pull request means the head that was there.
alter table holdpoint.subject add column head_since timestamptz;

-- Whose issue that is, asked at every change of any issue.
create index effect_issue on holdpoint.effect (repository_id, remote_id) where kind = 'issue';
