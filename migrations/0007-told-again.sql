-- Indexes of tables that only grow. Building them takes a while, in which nothing is written to them; no other table waits meanwhile,
-- and nobody who reads: the gate answers.

-- What was said on issues and in Slack: the page of a case shows all of it.
create index effect_said on holdpoint.effect (repository_id, updated_at) where kind in ('note', 'slack', 'comment');

-- The pages of a repository's history, newest first.
create index audit_repository on holdpoint.audit (((record ->> 'repository')::bigint), at desc);
