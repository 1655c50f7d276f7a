/** What the panel's machine hears, what it remembers, and what it has done; types only. */
import type { BackendName } from '../../engine/backend.ts';
import type { Found } from '../../engine/backends/index.ts';
import type { LabelledClassification } from '../../engine/labels.ts';
import type { LayerTimes } from '../../engine/network.ts';
import type { ClassifierInfo, Parity, Timing } from '../../engine/types.ts';
import type { Progress } from '../../weights/index.ts';
import type { Weights } from './chosen.ts';
import type { OfficialWeights } from './official.ts';
import type { Trial } from './preference.ts';
import type { Settings } from './settings.ts';
import type { PanelState, Problem } from './state.ts';
import type { Way } from './ways.ts';

export interface Picture {
  /** What it is, in words. */
  readonly name: string;
  readonly load: () => Promise<Blob>;
}

/** What a visitor asks for. */
export type Wish =
  | { readonly type: 'classify'; readonly picture: Picture }
  /** Uses the visitor's own file from now on, with what they say of it or what is likely. */
  | { readonly type: 'choose'; readonly file: File; readonly settings?: Settings | null }
  /** Uses the visitor's file with other settings, for the current picture first. */
  | { readonly type: 'adjust'; readonly settings: Settings }
  /** Uses official weights from now on, for the current picture or, if there is none, another. */
  | { readonly type: 'official'; readonly weights: OfficialWeights; readonly otherwise: Picture }
  /** Goes back to the weights that ship with the page. */
  | { readonly type: 'shipped' }
  /** Stops a download and goes back to the weights that ship with the page. */
  | { readonly type: 'cancel' }
  /** Runs the current picture; without one, opens the network. */
  | { readonly type: 'retry' }
  /** Computes in another way from now on, what is shown first; null leaves the choice to the page. */
  | { readonly type: 'compute'; readonly way: Way | null }
  /** Times each layer of the network that stands ready. */
  | { readonly type: 'layers' };

/** What came of what was done; `opening` and `request` tell of which. */
export type Report =
  | { readonly type: 'progress'; readonly opening: number; readonly progress: Progress }
  | { readonly type: 'quiet'; readonly opening: number }
  | { readonly type: 'notice'; readonly notice: string }
  | ({ readonly type: 'opened'; readonly opening: number } & Opened)
  | { readonly type: 'loaded'; readonly request: number; readonly file: Blob }
  | {
      readonly type: 'classified';
      readonly request: number;
      readonly result: LabelledClassification;
    }
  /** A first answer has waited long enough for the check of the device. */
  | { readonly type: 'overdue'; readonly request: number }
  | { readonly type: 'checked'; readonly opening: number; readonly parity: Parity | 'none' }
  | {
      readonly type: 'timed';
      readonly request: number;
      readonly timing: Timing | null;
      /** What is remembered of trials of these weights on this device. */
      readonly trial: Trial;
    }
  | {
      readonly type: 'rival-timed';
      readonly opening: number;
      /** Null where it does not run here. */
      readonly opened: Opened | null;
      readonly trial: Trial;
    }
  | { readonly type: 'layers-timed'; readonly opening: number; readonly layers: LayerTimes }
  /** A request failed, or whatever else was asked of a classifier (request null). */
  | {
      readonly type: 'failed';
      readonly request: number | null;
      readonly opening: number | null;
      readonly problem: Problem;
    }
  /** The GPU is gone, or the thread that computes. */
  | { readonly type: 'lost'; readonly opening: number }
  | { readonly type: 'died'; readonly opening: number; readonly problem: Problem }
  /** What had arrived of a cancelled download is put aside. */
  | { readonly type: 'put-aside'; readonly request: number };

export interface Opened {
  readonly info: ClassifierInfo;
  /** What computes on this device, where the page was to choose. */
  readonly found: Found | null;
  /** Why the page chose this way to compute; null where there is nothing to say. */
  readonly because: string | null;
  /** Why official weights are not kept on the device; null when they are. */
  readonly notKept: string | null;
}

/** What is to be done; each ends in reports. */
export type Effect =
  | {
      readonly type: 'open';
      readonly opening: number;
      readonly weights: Weights;
      readonly way: Way | null;
    }
  /** Frees a classifier, or ends its opening. */
  | { readonly type: 'close'; readonly opening: number }
  /** The same, and tells when what had arrived is put aside. */
  | { readonly type: 'put-aside'; readonly opening: number | null; readonly request: number }
  | { readonly type: 'load'; readonly request: number; readonly picture: Picture }
  | {
      readonly type: 'classify';
      readonly request: number;
      readonly opening: number;
      readonly file: Blob;
    }
  | { readonly type: 'check'; readonly opening: number }
  /** Reports `overdue` after a moment. */
  | { readonly type: 'wait'; readonly request: number }
  | { readonly type: 'measure'; readonly request: number; readonly opening: number }
  /** Opens another backend with the same weights, times it on the picture and remembers both times. */
  | {
      readonly type: 'try';
      readonly rival: Rival;
      readonly standing: Standing;
      readonly file: Blob;
    }
  | { readonly type: 'measure-layers'; readonly opening: number }
  | { readonly type: 'remember'; readonly way: Way | null }
  /** Lets this page come back without the network. */
  | { readonly type: 'keep-page' }
  /** Lets go of weights that could not be kept. */
  | { readonly type: 'forget' };

/** A classifier that is being opened or stands open. */
export interface Standing {
  readonly id: number;
  readonly weights: Weights;
  /** Null until it is open. */
  readonly opened: Opened | null;
  readonly checking: boolean;
  readonly parity: Parity | 'none' | null;
}

/** Another backend on trial. */
export interface Rival {
  readonly id: number;
  readonly backend: BackendName;
  /** The median of the one that runs, in milliseconds. */
  readonly against: number;
}

/** A request on its way. */
export interface Work {
  /** The picture, once it is loaded. */
  readonly file: Blob | null;
  readonly result: LabelledClassification | null;
  readonly timing: Timing | null;
  /** Backends that were tried beside the one that runs. */
  readonly tried: readonly BackendName[];
  /** It begins anew what a lost GPU took away. */
  readonly recovering: boolean;
}

export interface Machine {
  readonly panel: PanelState;
  /** Number of the latest request; what belongs to an older one changes nothing any more. */
  readonly request: number;
  /** The weights that ship with the page, and those that are to run. */
  readonly standard: Weights | null;
  readonly weights: Weights | null;
  /** The visitor's or the address's choice; null while the page takes what is quickest. */
  readonly way: Way | null;
  readonly picture: Picture | null;
  /** The latest request while it is on its way; it tells by itself when the GPU is lost. */
  readonly work: Work | null;
  readonly standing: Standing | null;
  readonly rival: Rival | null;
  /** A GPU that is lost again and again is not asked again and again. */
  readonly mayRecover: boolean;
  /** Classifiers that were opened so far. */
  readonly openings: number;
}

export type Step = readonly [Machine, readonly Effect[]];
