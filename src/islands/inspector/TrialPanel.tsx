/** The visitor's network running, with what it cannot know beside it. */
import type { FileReport } from '../../checkpoints/report.ts';
import { Device } from '../classifier/Device.tsx';
import { Facts } from '../classifier/Facts.tsx';
import { Outcome } from '../classifier/Outcome.tsx';
import { Pictures } from '../classifier/Pictures.tsx';
import { SettingsForm } from '../classifier/SettingsForm.tsx';
import type { Protocol } from '../classifier/settings.ts';
import type { Use } from './useTrial.ts';

interface Props {
  readonly base: string;
  readonly protocols: readonly Protocol[];
  readonly report: FileReport;
  readonly use: Use;
}

export function TrialPanel({ base, protocols, report, use }: Props) {
  const { panel, settings } = use;
  return (
    <section class="trial" aria-labelledby="try">
      <h2 id="try">Try it</h2>
      <div class="beside">
        <div class="rx-classifier">
          <p class="promise">
            The network runs on your own device.{' '}
            <strong>Neither your file nor your picture leaves this page.</strong>
          </p>
          <Outcome
            state={panel}
            total={0}
            onRetry={use.retry}
            onWay={use.compute}
            onCancel={use.stop}
          />
          <Facts state={panel} />
          <fieldset>
            <legend class="sr-only">Choose a picture</legend>
            <Pictures base={base} onSample={use.classifySample} onFile={use.classifyFile} />
          </fieldset>
          <fieldset>
            <legend class="sr-only">Choose how to compute</legend>
            <Device state={panel} onWay={use.compute} onMeasureLayers={use.measureLayers} />
          </fieldset>
        </div>
        {report.clues && (
          <SettingsForm
            clues={report.clues}
            protocols={protocols}
            settings={settings}
            onChange={use.change}
          />
        )}
      </div>
    </section>
  );
}
