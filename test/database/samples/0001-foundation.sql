-- Rows as they are after a little use, one of each kind at least; every later migration must get along with them.
insert into holdpoint.delivery (id, source, event, body, body_hash, received_at, state, reason, redeliveries, finished_at) values
  ('72d3162e-cc78-11e3-81ab-4c9367dc0958', 'github', 'push', '\x7b7d', '\x00', '2026-01-01T00:00:00Z', 'processed', null, 0, '2026-01-01T00:00:01Z'),
  ('jira:1', 'jira', 'jira:issue_updated', null, '\x01', '2026-01-01T00:00:02Z', 'received', null, 2, null);
insert into holdpoint.installation (id, account_id, account_login, state, updated_at) values (7, 8, 'acme', 'active', '2026-01-01T00:00:00Z');
insert into holdpoint.repository
  (id, installation_id, owner, name, default_branch, private, archived, gone, reconciled_at, updated_at) values
  (1, 7, 'acme', 'storefront', 'main', false, false, null, '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z'),
  (2, 7, 'acme', 'old', 'master', true, true, 'removed', null, '2026-01-01T00:00:00Z');
insert into holdpoint.policy
  (repository_id, text, sha, organisation_text, organisation_sha, problems, stale, read_at) values
  (1, 'mode: observe', 'a', null, null, '[]', 'no', '2026-01-01T00:00:00Z');
insert into holdpoint.subject
  (key, repository_id, subject, run, head, verdict, looked_at, look_again_at, closed) values
  ('deploy:1', 1, '{"kind": "deploy", "repositoryId": 1}', 3, 'a', '{}', '2026-01-01T00:00:00Z', null, false),
  ('pull-request:1:2', 1, '{"kind": "pull-request", "repositoryId": 1, "number": 2}', 1, null, null, null, '2026-01-01T00:00:00Z', true);
insert into holdpoint.subject_ticket (subject_key, ticket_key) values ('deploy:1', 'PLAY-1');
insert into holdpoint.effect
  (target, repository_id, kind, desired, revision, done_revision, remote_id, posts, last_answer, updated_at, done_at) values
  ('status:1:a:holdpoint/pre-deploy', 1, 'status', '{}', 2, 1, null, 1, 'the server answered 502', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z');
insert into holdpoint.fork_permit (repository_id, number, head, by_login, at) values (1, 2, 'a', 'octocat', '2026-01-01T00:00:00Z');
insert into holdpoint.github_pause (installation_id, until, strikes) values (7, '2026-01-01T01:00:00Z', 1);
insert into holdpoint.audit (installation_id, sequence, at, record, previous_hash, hash) values
  (7, 1, '2026-01-01T00:00:00Z', '{"what": "installed"}', '\x00', '\x01');
