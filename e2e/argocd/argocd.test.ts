/** `npm run e2e:argocd`: Argo CD's own plugin server, built with Go once, runs plugin.yaml and our program for each request. */
import { binary } from '../tools/binary.ts';
import { cmpServer } from './cmp-server.ts';
import { conformance } from './conformance.ts';

const server = await binary('argocd-cmp-server');
conformance("Argo CD's plugin server", (directory) => cmpServer(server, directory));
