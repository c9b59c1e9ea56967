insert into holdpoint.judgement (repository_id, environment, sha, place, was_live, verdict, read_at, shown) values
  (1, 'production', 'a', 'deploy-branch', false, '{}', '2026-01-01T00:00:00Z', true),
  (1, 'staging', 'a', 'elsewhere', true, null, '2026-01-01T00:00:00Z', false);
insert into holdpoint.override
  (repository_id, source, kind, case_ids, environment, sha, codes, issue_number, by_id, by_login, because, began_at, ends_at, ended_at, ended_by) values
  (1, 'label-event:5', 'cases', '{1}', null, null, '{}', 4, 9, 'octocat', null, '2026-01-04T01:00:00Z', '2026-01-05T01:00:00Z', null, null),
  (1, 'comment:6', 'reasons', '{}', 'production', 'a', '{no-ticket}', 4, 9, 'octocat', 'hotfix', '2026-01-04T01:00:00Z', '2026-01-05T01:00:00Z', '2026-01-04T02:00:00Z', 'octocat');
insert into holdpoint.halt (repository_id, source, environment, issue_number, by_id, by_login, because, began_at, ended_at, ended_by) values
  (1, 'comment:7', 'production', 4, 9, 'octocat', 'the till is down', '2026-01-04T01:00:00Z', null, null);
insert into holdpoint.rollback_permit (repository_id, source, environment, sha, by_id, by_login, because, began_at, ends_at) values
  (1, 'comment:8', 'production', 'a', 9, 'octocat', 'the till is down', '2026-01-04T01:00:00Z', '2026-01-04T02:00:00Z');
insert into holdpoint.tool_rollback (repository_id, environment, sha, told_at) values (1, 'production', 'a', '2026-01-04T01:00:00Z');
insert into holdpoint.live_commit (repository_id, environment, sha, first_seen_at) values (1, 'production', 'a', '2026-01-01T00:00:00Z');
insert into holdpoint.accepted_policy
  (repository_id, text, sha, organisation_text, organisation_sha, accepted_by, accepted_at, waiting_text, waiting_organisation_text, waiting_since) values
  (1, 'mode: enforce', 'a', null, null, null, '2026-01-01T00:00:00Z', 'mode: observe', null, '2026-01-02T00:00:00Z');
insert into holdpoint.waiting_deployment (repository_id, run_id, environment, sha, callback_url, asked_at, ends_at, reports, answer, answered_at) values
  (1, 10, 'production', 'a', 'https://api.github.com/repos/acme/storefront/actions/runs/10/deployment_protection_rule', '2026-01-04T00:00:00Z', '2026-01-04T00:30:00Z', 1, null, null),
  (1, 11, 'production', 'a', 'https://api.github.com/repos/acme/storefront/actions/runs/11/deployment_protection_rule', '2026-01-04T00:00:00Z', null, 0, null, null),
  (1, 12, 'production', 'a', 'https://api.github.com/repos/acme/storefront/actions/runs/12/deployment_protection_rule', '2026-01-04T00:00:00Z', '2026-01-04T00:30:00Z', 10, 'rejected', '2026-01-04T00:30:00Z');
insert into holdpoint.issue_cursor (repository_id, issue_number, event_id) values (1, 4, 77);
