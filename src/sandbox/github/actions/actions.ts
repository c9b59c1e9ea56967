import * as branches from "./branches.ts";
import { bulkCommits } from "./bulk-commits.ts";
import * as checks from "./checks.ts";
import { commit, push } from "./commits.ts";
import * as deployments from "./deployments.ts";
import * as issues from "./issues.ts";
import * as mergeGroups from "./merge-groups.ts";
import * as people from "./people.ts";
import * as protectionRules from "./protection-rules.ts";
import * as rulesets from "./rulesets.ts";
import * as pullRequests from "./pull-requests.ts";
import * as repositories from "./repositories.ts";
import { selectRepositories } from "./select-repositories.ts";
import * as workflowRuns from "./workflow-runs.ts";

/** Everything that can be made to happen, by name. */
export const actions = {
  createUser: repositories.createUser,
  createOrganisation: repositories.createOrganisation,
  installApp: repositories.installApp,
  suspendInstallation: people.suspendInstallation,
  uninstall: people.uninstall,
  selectRepositories,
  setInstallationPermissions: people.setInstallationPermissions,
  createUserToken: people.createUserToken,
  setPermission: people.setPermission,
  addTeamMember: people.addTeamMember,
  removeTeamMember: people.removeTeamMember,
  nestTeam: people.nestTeam,

  createRepository: repositories.createRepository,
  importRepository: repositories.importRepository,
  configureRepository: repositories.configureRepository,
  rename: repositories.rename,
  transfer: repositories.transfer,
  archive: repositories.archive,
  deleteRepository: repositories.deleteRepository,

  commit,
  push,
  bulkCommits,
  createBranch: branches.createBranch,
  forcePush: branches.forcePush,
  deleteBranch: branches.deleteBranch,
  createTag: branches.createTag,

  openPullRequest: pullRequests.openPullRequest,
  editPullRequest: pullRequests.editPullRequest,
  mergePullRequest: pullRequests.mergePullRequest,
  queueMergeGroup: mergeGroups.queueMergeGroup,
  finishMergeGroup: mergeGroups.finishMergeGroup,

  setStatus: checks.setStatus,
  finishCheck: checks.finishCheck,
  clickCheckRunAction: checks.clickCheckRunAction,
  rerequestCheckRun: checks.rerequestCheckRun,
  finishWorkflowRun: workflowRuns.finishWorkflowRun,
  finishJob: workflowRuns.finishJobOfRun,

  protectEnvironment: protectionRules.protectEnvironment,
  requireStatuses: rulesets.requireStatuses,
  startDeployment: protectionRules.startDeployment,
  readDeployment: protectionRules.readDeployment,

  deploy: deployments.deploy,
  setDeploymentState: deployments.setDeploymentState,

  openIssue: issues.openIssue,
  editIssue: issues.editIssue,
  deleteIssue: issues.deleteIssue,
  transferIssue: issues.transferIssue,
  lock: issues.lock,
  comment: issues.comment,
  editComment: issues.editComment,
  deleteComment: issues.deleteComment,
  label: issues.label,
  unlabel: issues.unlabel,
  renameLabel: issues.renameLabel,
  deleteLabel: issues.deleteLabel,
} as const;

export type Actions = typeof actions;
