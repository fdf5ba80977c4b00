import '../exit-on-signal.ts';
import { quote } from '../log.ts';
import { runInstructed } from '../run-program.ts';
import { openToGroup } from './open-to-group.ts';

await runInstructed('adopt-profile', ['a directory'], async ([directory], log) => {
  const { opened, closed } = await openToGroup(directory);
  if (opened > 0) log.did(`opened ${opened} files and directories to the group`);
  for (const path of closed) log.warn(`cannot look into ${quote(path)}, which belongs to another user`);
});
