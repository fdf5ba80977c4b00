/** `npm run e2e:judges`: the real kube-score and kubeconform judge all golden outputs, and the examples of install/. Any failure exits 1. */
import { report } from '../cluster/report.ts';
import { judgeByKubeScore } from './kube-score.ts';
import { judgeInstallation } from './installation.ts';
import { judgeByKubeconform } from './kubeconform.ts';

let failures = await report('installation', judgeInstallation);
failures += await report('kube-score', judgeByKubeScore);
failures += await report('kubeconform', judgeByKubeconform);
console.log(failures === 0 ? 'passed' : `${failures} failures`);
process.exitCode = failures === 0 ? 0 : 1;
