/** Every field in which we differ from the operator on purpose. What is not here and differs is a defect. */
import { DEPARTURES_AROUND } from './departures-around.ts';
import { DEPARTURES_AUTO_SCALING } from './departures-auto-scaling.ts';
import { DEPARTURES_CHROMIUM } from './departures-chromium.ts';
import { DEPARTURES_CONFIG } from './departures-config.ts';
import { DEPARTURES_CONTAINERS } from './departures-containers.ts';
import { DEPARTURES_INGRESS } from './departures-ingress.ts';
import { DEPARTURES_INSTALLS } from './departures-installs.ts';
import { DEPARTURES_LATER } from './departures-later.ts';
import { DEPARTURES_METRICS } from './departures-metrics.ts';
import { DEPARTURES_OLLAMA } from './departures-ollama.ts';
import { DEPARTURES_POD } from './departures-pod.ts';
import { DEPARTURES_SELF_CONFIGURE } from './departures-self-configure.ts';
import { DEPARTURES_TAILSCALE } from './departures-tailscale.ts';
import { DEPARTURES_TOGETHER } from './departures-together.ts';
import { DEPARTURES_WEB_TERMINAL } from './departures-web-terminal.ts';
import type { Departure } from './explain.ts';

export const DEPARTURES: readonly Departure[] = [
  ...DEPARTURES_AROUND,
  ...DEPARTURES_AUTO_SCALING,
  ...DEPARTURES_CHROMIUM,
  ...DEPARTURES_CONFIG,
  ...DEPARTURES_INGRESS,
  ...DEPARTURES_INSTALLS,
  ...DEPARTURES_LATER,
  ...DEPARTURES_METRICS,
  ...DEPARTURES_OLLAMA,
  ...DEPARTURES_POD,
  ...DEPARTURES_SELF_CONFIGURE,
  ...DEPARTURES_CONTAINERS,
  ...DEPARTURES_TAILSCALE,
  ...DEPARTURES_TOGETHER,
  ...DEPARTURES_WEB_TERMINAL,
];
