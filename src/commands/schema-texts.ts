/** The schemas as they are published, by kind. */
import clusterDefaults from '../../schema/openclaw-cluster-defaults.schema.json' with { type: 'json' };
import instance from '../../schema/openclaw-instance.schema.json' with { type: 'json' };
import lock from '../../schema/openclaw-lock.schema.json' with { type: 'json' };
import render from '../../schema/openclaw-render.schema.json' with { type: 'json' };

/** Loaded by the command that prints them only. */
export const schemaTexts: Readonly<Record<string, unknown>> = {
  OpenClawInstance: instance,
  OpenClawClusterDefaults: clusterDefaults,
  OpenClawLock: lock,
  OpenClawRender: render,
};
