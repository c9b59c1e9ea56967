-- Holdpoint's own tables. pg-boss keeps its jobs in the schema pgboss.
-- Every time here is given by the caller: one clock decides, never the database's now().

create table holdpoint.delivery (
  id            text primary key,
  source        text not null check (source in ('github', 'jira')),
  event         text not null,
  -- X-GitHub-Hook-Installation-Target-ID: the App that GitHub sent it for; null where it was not named.
  app_id        bigint,
  -- The bytes as they were signed, as a zstd frame where that is smaller; null once they are older than
  -- HOLDPOINT_KEEP_BODIES.
  body          bytea,
  body_hash     bytea not null,
  received_at   timestamptz not null,
  state         text not null default 'received' check (state in ('received', 'processed', 'ignored', 'failed', 'parked')),
  -- Why it was ignored, or what its last try said.
  reason        text,
  redeliveries  integer not null default 0,
  finished_at   timestamptz
);
-- PostgreSQL's default compression costs more time than the rest of an insert, and most bodies come compressed.
-- lz4 where the server was built with it (the one from npm is not), else none.
do $$ begin
  alter table holdpoint.delivery alter column body set compression lz4;
exception when feature_not_supported then
  alter table holdpoint.delivery alter column body set storage external;
end $$;
create index delivery_received_at on holdpoint.delivery (received_at);
create index delivery_body_hash on holdpoint.delivery (body_hash, received_at);
create index delivery_unfinished on holdpoint.delivery (received_at) where state in ('received', 'failed', 'parked');

create table holdpoint.installation (
  id             bigint primary key,
  account_id     bigint not null,
  account_login  text not null,
  state          text not null check (state in ('active', 'suspended', 'deleted')),
  updated_at     timestamptz not null
);

create table holdpoint.repository (
  id               bigint primary key,
  installation_id  bigint not null,
  owner            text not null,
  name             text not null,
  default_branch   text not null,
  private          boolean not null,
  archived         boolean not null,
  -- gone: deleted, transferred to strangers, or taken out of the installation; nothing is done for it.
  gone             text check (gone in ('deleted', 'removed', 'transferred')),
  reconciled_at    timestamptz,
  updated_at       timestamptz not null
);
create index repository_installation on holdpoint.repository (installation_id);
create index repository_name on holdpoint.repository (lower(owner), lower(name));

-- The policy texts that were last good, and what is wrong with newer ones.
create table holdpoint.policy (
  repository_id          bigint primary key references holdpoint.repository (id),
  -- Last good texts with the commits they were read at; null where there is no such file.
  text                   text,
  sha                    text,
  organisation_text      text,
  organisation_sha       text,
  problems               jsonb not null default '[]',
  stale                  text not null default 'no' check (stale in ('no', 'invalid', 'unreadable')),
  read_at                timestamptz not null
);

-- One row per head that is judged. run counts the looks begun: a look that comes back with an older
-- number lost its lease to another replica, and its result is refused.
create table holdpoint.subject (
  key            text primary key,
  repository_id  bigint not null references holdpoint.repository (id),
  -- The subject itself, as the queue takes it.
  subject        jsonb not null,
  run            bigint not null default 0,
  head           text,
  verdict        jsonb,
  looked_at      timestamptz,
  -- When something that could not be read is to be read again.
  look_again_at  timestamptz,
  closed         boolean not null default false
);
create index subject_repository on holdpoint.subject (repository_id) where not closed;
create index subject_look_again on holdpoint.subject (look_again_at) where look_again_at is not null;

create table holdpoint.subject_ticket (
  subject_key  text not null references holdpoint.subject (key) on delete cascade,
  ticket_key   text not null,
  primary key (subject_key, ticket_key)
);
create index subject_ticket_key on holdpoint.subject_ticket (ticket_key);

-- The outbox. One row per target outside; `desired` is what should be there, `revision` counts its changes,
-- `done_revision` says which of them was made true.
create table holdpoint.effect (
  target         text primary key,
  repository_id  bigint not null references holdpoint.repository (id),
  kind           text not null,
  desired        jsonb not null,
  revision       integer not null default 1,
  done_revision  integer not null default 0,
  remote_id      bigint,
  posts          integer not null default 0,
  -- The last answer that was not a success, for people.
  last_answer    text,
  updated_at     timestamptz not null,
  done_at        timestamptz
);
create index effect_undone on holdpoint.effect (updated_at) where done_revision < revision;

-- Pull requests from forks whose tickets somebody with write access allowed to be looked up, by head.
create table holdpoint.fork_permit (
  repository_id  bigint not null references holdpoint.repository (id),
  number         integer not null,
  head           text not null,
  by_login       text not null,
  at             timestamptz not null,
  primary key (repository_id, number, head)
);

-- Until when nobody may call GitHub for an installation; shared by the replicas.
create table holdpoint.github_pause (
  installation_id  bigint primary key,
  until            timestamptz not null,
  strikes          integer not null default 1
);

-- Append-only; one hash chain per installation. Refused by trigger for everybody.
create table holdpoint.audit (
  installation_id  bigint not null,
  sequence         bigint not null,
  at               timestamptz not null,
  record           jsonb not null,
  previous_hash    bytea not null,
  hash             bytea not null,
  primary key (installation_id, sequence)
);
create function holdpoint.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the audit is append-only';
end $$;
create trigger audit_append_only before update or delete on holdpoint.audit
  for each row execute function holdpoint.refuse_change();
create trigger audit_no_truncate before truncate on holdpoint.audit
  for each statement execute function holdpoint.refuse_change();
