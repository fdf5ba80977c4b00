#!/usr/bin/env node
/** The executable: lets V8 keep its compiled code between runs, which saves a third of a cold start, then loads the program. */
import { enableCompileCache } from 'node:module';

enableCompileCache();
await import('./main.ts');
