/** `npm run e2e:judges`: the real kube-score and kubeconform judge all golden outputs. Any failure exits 1. */
import { report } from '../cluster/report.ts';
import { judgeByKubeScore } from './kube-score.ts';
import { judgeByKubeconform } from './kubeconform.ts';

const failures = (await report('kube-score', judgeByKubeScore)) + (await report('kubeconform', judgeByKubeconform));
console.log(failures === 0 ? 'passed' : `${failures} failures`);
process.exitCode = failures === 0 ? 0 : 1;
