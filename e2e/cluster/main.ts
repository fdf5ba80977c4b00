/**
 * `npm run e2e:cluster`: a real API server judges what we render. Builds etcd and kube-apiserver with Go into a cache the first
 * time, starts them on loopback, and needs root for the container that runs the rendered Job. `KUBEBUILDER_ASSETS` names ready
 * binaries, `KUBECONFIG` a throw-away cluster of this machine to use instead. Any failure exits 1; nothing is ever skipped.
 */
import { ApiClient } from './api-client.ts';
import { checkAdmission } from './checks/admission.ts';
import { checkAdoption } from './checks/adoption.ts';
import { checkAdoptionAdmission } from './checks/adoption-admission.ts';
import { checkAdoptionEngines } from './checks/adoption-engines.ts';
import { checkAdoptionReadme } from './checks/adoption-readme.ts';
import { checkAdoptionStates } from './checks/adoption-states.ts';
import { checkArgocd } from './checks/argocd.ts';
import { checkControls } from './checks/controls.ts';
import { checkDrift } from './checks/drift.ts';
import { checkFilledLogin } from './checks/filled-login.ts';
import { checkFilledSecrets } from './checks/filled-secrets.ts';
import { checkFlux } from './checks/flux.ts';
import { checkGoldens } from './checks/goldens.ts';
import { checkImmutableFields } from './checks/immutable-fields.ts';
import { checkImmutableTable } from './checks/immutable-table.ts';
import { checkIngressAnnotations } from './checks/ingress-annotations.ts';
import { checkInstallation } from './checks/installation.ts';
import { checkInstallationOperator } from './checks/installation-operator.ts';
import { checkInstallationReadme } from './checks/installation-readme.ts';
import { checkKubectl } from './checks/kubectl.ts';
import { checkNamespaces } from './checks/namespaces.ts';
import { checkOddValues } from './checks/odd-values.ts';
import { checkOwnDefinitions } from './checks/own-definitions.ts';
import { checkProductionJob } from './checks/production-job.ts';
import { checkRollouts } from './checks/rollouts.ts';
import { checkTokenByHand } from './checks/token-by-hand.ts';
import type { Cluster } from './cluster.ts';
import { startControlPlane } from './control-plane.ts';
import type { ControlPlane } from './control-plane.ts';
import { kubeconfigConnection } from './kubeconfig.ts';
import { withOwnCluster } from './own-cluster.ts';
import { defineRenderedKinds } from './rendered-kinds.ts';
import { report } from './report.ts';

const start = performance.now();
const kubeconfig = process.env['KUBECONFIG'];
const controlPlane: ControlPlane = kubeconfig
  ? { connection: await kubeconfigConnection(kubeconfig), stop: async () => {} }
  : await startControlPlane();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => void controlPlane.stop().then(() => process.exit(130)));
}
console.log(`API server ready: ${seconds(start)}`);

const client = new ApiClient(controlPlane.connection);
const cluster: Cluster = { client, hasControllers: Boolean(kubeconfig) };
let failures = 0;
try {
  await defineRenderedKinds(client);
  failures += await report('controls', () => checkControls(cluster));
  failures += await report('goldens', () => checkGoldens(cluster));
  failures += await report('Flux', () => checkFlux(cluster));
  failures += await report('kubectl', () => checkKubectl(cluster));
  failures += await report('drift', () => checkDrift(cluster));
  failures += await report('token by hand', () => checkTokenByHand(cluster));
  failures += await report('Argo CD', () => checkArgocd(cluster));
  failures += await report('odd values', () => checkOddValues(cluster));
  failures += await report('own definitions', () => checkOwnDefinitions(cluster));
  failures += await report('immutable fields', () => checkImmutableFields(cluster));
  failures += await report('immutable table', () => checkImmutableTable(cluster));
  failures += await report('filled secrets', () => checkFilledSecrets(cluster));
  failures += await report('filled login', () => checkFilledLogin(cluster));
  failures += await report('production Job', () => checkProductionJob(cluster));
  failures += await report('namespaces', () => checkNamespaces(cluster));
  failures += await report('admission policies', () => checkAdmission(cluster));
  failures += await report('installation', () => withOwnCluster(cluster, checkInstallation));
  failures += await report('installation by the operator', () => withOwnCluster(cluster, checkInstallationOperator));
  failures += await report('installation, as the README has it', checkInstallationReadme);
  failures += await report('Ingress annotations', () => checkIngressAnnotations());
  failures += await report('rollouts', () => checkRollouts(cluster));
  failures += await report('adoption', () => checkAdoption(cluster));
  failures += await report('adoption beside engines', () => checkAdoptionEngines(cluster));
  failures += await report('adoption under admission policies', () => checkAdoptionAdmission(cluster));
  failures += await report('adoption in odd states', () => checkAdoptionStates(cluster));
  failures += await report('adoption, as the README has it', () => checkAdoptionReadme(cluster));
} finally {
  client.close();
  await controlPlane.stop();
}
console.log(
  `${failures === 0 ? 'passed' : `${failures} failures`}: ${client.requests} requests over ${client.connections} connection(s), ${seconds(start)}`,
);
process.exitCode = failures === 0 ? 0 : 1;

function seconds(since: number): string {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}
