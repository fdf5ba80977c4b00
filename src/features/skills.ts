/** Skills of ClawHub, for all agents or one workspace, and npm packages whose commands skills use. */
import type { Contribution, Feature } from '../compose/contribution.ts';
import { LOCAL_BIN_PATH, STATE_DIRECTORY, workspaceDirectory } from '../kube/paths.ts';
import type { Resolved } from '../resolve/resolved.ts';

function contribute({ skills: { clawHub, packages } }: Resolved): Contribution | null {
  if (clawHub.length === 0 && packages.length === 0) return null;
  return {
    skillsToInstall: clawHub.map(({ name, version, integrity, owner, slug, workspace }) => {
      // The state directory's own are everybody's; a workspace's are its agent's alone.
      const root = workspace === null ? STATE_DIRECTORY : `${STATE_DIRECTORY}/${workspaceDirectory(workspace)}`;
      return { key: `skill:${root}/skills/${slug}`, name, version, integrity, owner, slug, root };
    }),
    packagesToInstall: packages.map((each) => ({ key: `package:${each.package}`, ...each })),
    ...(packages.length === 0 ? {} : { main: { path: [LOCAL_BIN_PATH] } }),
  };
}

export const skills: Feature = {
  id: 'skills',
  summary: 'skills of ClawHub and commands of npm packages, installed before the agent starts',
  reads: ['skills', 'workspace.additionalWorkspaces'],
  contribute,
};
