-- The cockpit: who is signed in, what people ask for there, and what its pages show without asking GitHub.

-- A sign-in that has begun: it ends within minutes, once, in the browser that began it.
create table holdpoint.sign_in (
  -- SHA-256 of `state`; the text is with the browser alone.
  state_hash    bytea primary key,
  -- SHA-256 of a cookie: whoever brings the answer must be who asked.
  browser_hash  bytea not null,
  -- PKCE's verifier, sealed.
  verifier      bytea not null,
  -- A path of ours.
  return_to     text not null,
  ends_at       timestamptz not null
);
create index sign_in_ends_at on holdpoint.sign_in (ends_at);

create table holdpoint.session (
  -- SHA-256 of the cookie's text: a copy of this table opens nothing.
  id_hash           bytea primary key,
  user_id           bigint not null,
  login             text not null,
  -- GitHub's tokens of that person, sealed.
  access_token      bytea not null,
  access_ends_at    timestamptz,
  refresh_token     bytea,
  -- A refresh token works once: one request refreshes at a time, and gives up by then.
  refreshing_until  timestamptz,
  -- When it was last read what they may see; null: never.
  rights_read_at    timestamptz,
  began_at          timestamptz not null,
  seen_at           timestamptz not null,
  ends_at           timestamptz not null
);
create index session_of_user on holdpoint.session (user_id);
create index session_ends_at on holdpoint.session (ends_at);

-- What GitHub let the person see when it was asked last, of the repositories that Holdpoint is installed on.
create table holdpoint.session_right (
  id_hash        bytea not null references holdpoint.session (id_hash) on delete cascade,
  repository_id  bigint not null,
  permission     text not null check (permission in ('read', 'write', 'admin')),
  primary key (id_hash, repository_id)
);

-- What somebody asked for in the cockpit, and what became of it.
create table holdpoint.request (
  id             bigint generated always as identity primary key,
  repository_id  bigint not null references holdpoint.repository (id),
  by_id          bigint not null,
  by_login       text not null,
  wish           jsonb not null,
  state          text not null default 'asked' check (state in ('asked', 'under-way', 'done', 'refused', 'conflict', 'failed')),
  answer         jsonb,
  asked_at       timestamptz not null,
  finished_at    timestamptz
);
create index request_repository on holdpoint.request (repository_id, id desc);
create index request_unfinished on holdpoint.request (asked_at) where state in ('asked', 'under-way');

-- Tickets that somebody attached to commits whose messages carry none.
create table holdpoint.attached_ticket (
  id             bigint generated always as identity primary key,
  repository_id  bigint not null references holdpoint.repository (id),
  sha            text not null,
  ticket_key     text not null,
  because        text not null,
  by_id          bigint not null,
  by_login       text not null,
  attached_at    timestamptz not null,
  detached_at    timestamptz,
  detached_by    text
);
create unique index attached_ticket_in_force on holdpoint.attached_ticket (repository_id, sha, ticket_key) where detached_at is null;

-- What the next deploy to an environment contains, as it was read last.
create table holdpoint.deploy_contents (
  repository_id  bigint not null references holdpoint.repository (id),
  environment    text not null,
  head           text not null,
  contents       jsonb not null,
  read_at        timestamptz not null,
  -- For the overview, which reads hundreds: a thousand commits are not unpacked to count them.
  commits        integer generated always as ((contents ->> 'aheadBy')::integer) stored,
  running_checks integer generated always as (
    jsonb_array_length(jsonb_path_query_array(contents, '$.checks[*] ? (@.state == "running")'))) stored,
  primary key (repository_id, environment)
);

-- What a deferred check said on the newest commits of the trunk, newest first.
create table holdpoint.check_track (
  repository_id  bigint not null references holdpoint.repository (id),
  check_key      text not null,
  track          jsonb not null,
  read_at        timestamptz not null,
  primary key (repository_id, check_key)
);

-- The same for a case, from the last green on: kept when it has ended.
alter table holdpoint.compliance_case add column track jsonb;

-- What was seen going out, newest per environment last.
create table holdpoint.deploy (
  id             bigint generated always as identity primary key,
  repository_id  bigint not null references holdpoint.repository (id),
  environment    text not null,
  sha            text not null,
  -- What was live before; null: not known.
  before         text,
  -- A login; null: a branch was moved, or the account is gone.
  by_login       text,
  -- When GitHub says so, or when it was seen.
  at             timestamptz not null
);
create index deploy_repository on holdpoint.deploy (repository_id, at desc);

-- When a comparison with GitHub was begun last; `reconciled_at` is when one was last done.
alter table holdpoint.repository add column reconciling_at timestamptz;
update holdpoint.repository set reconciling_at = reconciled_at;

-- A halt of the cockpit was said on no issue.
alter table holdpoint.halt alter column issue_number drop not null;

-- What the App may do there, as GitHub said last; null: it was not asked yet.
alter table holdpoint.installation add column permissions jsonb;
alter table holdpoint.installation add column events text[];
-- Its page at GitHub, where an owner of the account accepts more.
alter table holdpoint.installation add column page text;

-- Whoever watches a page is told that something of the repository changed: once for each transaction, whatever it changed.
create function holdpoint.tell_of_change() returns trigger language plpgsql as $$
begin
  perform pg_notify('holdpoint_change', coalesce(new.repository_id, old.repository_id)::text);
  return null;
end $$;
create trigger subject_change after update of looked_at on holdpoint.subject
  for each row execute function holdpoint.tell_of_change();
create trigger compliance_case_change after insert or update on holdpoint.compliance_case
  for each row execute function holdpoint.tell_of_change();
create trigger halt_change after insert or update on holdpoint.halt
  for each row execute function holdpoint.tell_of_change();
create trigger override_change after insert or update on holdpoint.override
  for each row execute function holdpoint.tell_of_change();
create trigger deploy_contents_change after insert or update on holdpoint.deploy_contents
  for each row execute function holdpoint.tell_of_change();
create trigger check_track_change after insert or update on holdpoint.check_track
  for each row execute function holdpoint.tell_of_change();
create trigger request_change after insert or update on holdpoint.request
  for each row execute function holdpoint.tell_of_change();
create trigger effect_change after update of done_revision, last_answer on holdpoint.effect
  for each row execute function holdpoint.tell_of_change();
