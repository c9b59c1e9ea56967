insert into holdpoint.deadline (key, repository_id, subject, due_at) values
  ('compliance:1', 1, '{"kind": "compliance", "repositoryId": 1}', '2026-01-04T00:00:00Z');
insert into holdpoint.watched_check (repository_id, policy_name, selector, since) values (1, 'Integration', '["status","ci/long"]', '2026-01-01T00:00:00Z');
insert into holdpoint.compliance_case
  (repository_id, check_key, name, source, policy_name, first_red, first_red_sha, newest_red, opened_at, adopted,
   grace, verify_grace, owners, warned_at, deadline, end_as, end_record, ended_at) values
  (1, '["workflow","ci.yml","integration"]', 'integration', '{"kind": "workflow", "workflow": ".github/workflows/ci.yml"}', 'Integration',
   '{"sha": "a"}', 'a', '{"sha": "a"}', '2026-01-01T00:00:00Z', false, 259200000, 0, '{@acme/server}',
   '2026-01-01T00:00:00Z', '2026-01-04T00:00:00Z', null, null, null),
  (1, '["status","","ci/long"]', 'ci/long', '{"kind": "status"}', 'Long', '{"sha": "a"}', 'a', '{"sha": "a"}', '2026-01-01T00:00:00Z',
   true, 259200000, 0, '{}', null, null, 'green', '{"url": null}', '2026-01-02T00:00:00Z');
insert into holdpoint.compliance_issue (repository_id, first_red_sha, range, people, opened_at) values
  (1, 'a', '{}', '{}', '2026-01-01T00:00:00Z');
insert into holdpoint.heard_red (repository_id, sha, heard_at) values (1, 'b', '2026-01-01T00:00:00Z');
