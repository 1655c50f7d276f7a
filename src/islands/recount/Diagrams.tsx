/** Where the accuracy comes from: its course, the classes, the mistakes, and whether it is sure. */
import { useMemo } from 'preact/hooks';
import { AccuracyCourse } from '../../charts/accuracy-course/View.tsx';
import { ConfusionsChart } from '../../charts/confusions/View.tsx';
import { PerClassChart } from '../../charts/per-class/View.tsx';
import { ReliabilityChart } from '../../charts/reliability/View.tsx';
import { useSelection } from '../useLive.ts';
import type { SlotState } from './state.ts';
import { Worst } from './Worst.tsx';

interface Props {
  readonly state: SlotState;
  readonly picture: (path: string) => Promise<Blob | null>;
}

export function Diagrams({ state, picture }: Props) {
  const { info, progress, figures, published } = state;
  const [course, reliability, classes, confusions] = [
    useSelection(),
    useSelection(),
    useSelection(),
    useSelection(),
  ];
  const nameOf = (index: number) => info?.classes[index] ?? `class ${index}`;
  const [perClass, mistaken] = useMemo(
    () => [
      figures?.classes.map(({ index, ...counts }) => ({ label: nameOf(index), ...counts })) ?? [],
      figures?.confusions.map(({ truth, taken, count }) => ({
        truth: nameOf(truth),
        taken: nameOf(taken),
        count,
      })) ?? [],
    ],
    [figures, info],
  );
  const levels = published
    .filter(({ metric }) => metric === 'top1')
    .map(({ source, dataset, share }) => ({ label: `${source}, ${dataset}`, share }));
  return (
    <>
      <div class="pair">
        {progress && progress.report.course.length > 1 && (
          <section aria-labelledby="course">
            <h2 id="course">How it came out</h2>
            <AccuracyCourse
              points={progress.report.course}
              total={progress.report.total}
              published={levels}
              interaction={course}
            />
          </section>
        )}
        {figures && perClass.length > 0 && (
          <section aria-labelledby="classes">
            <h2 id="classes">Class by class</h2>
            <PerClassChart classes={perClass} interaction={classes} />
          </section>
        )}
      </div>
      {figures && perClass.length > 0 && (
        <>
          <div class="pair">
            <section aria-labelledby="calibration">
              <h2 id="calibration">How sure it is</h2>
              <ReliabilityChart {...figures.calibration} interaction={reliability} />
            </section>
            <section aria-labelledby="confusions">
              <h2 id="confusions">What it takes for what</h2>
              <ConfusionsChart
                confusions={mistaken}
                mistakes={figures.mistakes}
                interaction={confusions}
              />
            </section>
          </div>
          <Worst answers={figures.worst} nameOf={nameOf} picture={picture} />
        </>
      )}
    </>
  );
}
