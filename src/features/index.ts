/** Every feature, in the order in which their contributions join. */
import type { Feature } from '../compose/contribution.ts';
import { access } from './access.ts';
import { autoScaling } from './auto-scaling.ts';
import { basicAuth } from './basic-auth.ts';
import { chromium } from './chromium.ts';
import { diskReadiness } from './disk-readiness.ts';
import { gateway } from './gateway.ts';
import { gatewayProxy } from './gateway-proxy.ts';
import { gatewayToken } from './gateway-token.ts';
import { httpRoute } from './http-route.ts';
import { ingress } from './ingress.ts';
import { grafanaDashboard } from './grafana-dashboard.ts';
import { metrics } from './metrics.ts';
import { network } from './network.ts';
import { ollama } from './ollama.ts';
import { packs } from './packs.ts';
import { plugins } from './plugins.ts';
import { prometheusRule } from './prometheus-rule.ts';
import { runtimeDeps } from './runtime-deps.ts';
import { serviceMonitor } from './service-monitor.ts';
import { selfConfigure } from './self-configure.ts';
import { skills } from './skills.ts';
import { storage } from './storage.ts';
import { tailscaleAdoption } from './tailscale-adoption.ts';
import { tailscale } from './tailscale.ts';
import { userContainers } from './user-containers.ts';
import { webTerminal } from './web-terminal.ts';
import { workspace } from './workspace.ts';

export const features: readonly Feature[] = [
  gateway,
  storage,
  gatewayToken,
  gatewayProxy,
  diskReadiness,
  workspace,
  packs,
  network,
  tailscaleAdoption,
  tailscale,
  ollama,
  runtimeDeps,
  skills,
  plugins,
  webTerminal,
  chromium,
  metrics,
  serviceMonitor,
  ingress,
  basicAuth,
  httpRoute,
  prometheusRule,
  grafanaDashboard,
  selfConfigure,
  autoScaling,
  access,
  userContainers,
];
