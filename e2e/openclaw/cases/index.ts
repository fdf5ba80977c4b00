/**
 * Every case of `npm run e2e:openclaw`, in the order of the report.
 *
 * To add one, write `cases/<name>.ts` that exports an `AgentCase` (see `agent-case.ts`, which says what each field is for), and add its
 * line here. Its own checks are files in `checks/`, listed in the case among the shared groups of `checks/index.ts`. A case gets real
 * programs: name Debian packages in `packages`, fetch or build others in `install`, and describe the image that has them in `images`.
 * The pod has no way out but to the programs of `beyondPod`. Try it with `npm run e2e:openclaw -- 2026.9.6 <name>`.
 */
import type { AgentCase } from '../agent-case.ts';
import { chromiumCase } from './chromium.ts';
import { defaultCase } from './default.ts';
import { ingressCase } from './ingress.ts';
import { mergeCase } from './merge.ts';
import { metricsCase } from './metrics.ts';
import { ollamaCase } from './ollama.ts';
import { overwriteCase } from './overwrite.ts';
import { packsCase } from './packs.ts';
import { pluginsCase } from './plugins.ts';
import { productionCase } from './production.ts';
import { skillsCase } from './skills.ts';
import { tailscaleAuthSsoCase } from './tailscale-auth-sso.ts';
import { tailscaleCase } from './tailscale.ts';
import { webTerminalCase } from './web-terminal.ts';

export const CASES: readonly AgentCase[] = [
  defaultCase,
  overwriteCase,
  mergeCase,
  ingressCase,
  packsCase,
  metricsCase,
  ollamaCase,
  tailscaleCase,
  tailscaleAuthSsoCase,
  webTerminalCase,
  skillsCase,
  pluginsCase,
  chromiumCase,
  productionCase,
];
