/** What was measured, to keep and to send: JSON, CSV, an address. */
import { useState } from 'preact/hooks';
import { packRecord, recordCsv } from '../../zoo/device-share.ts';
import type { DeviceRecord } from '../../zoo/device-record.ts';
import { saveBlob } from '../saveBlob.ts';
import type { Ladder } from './useLadder.ts';

interface Props {
  readonly ladder: Ladder;
  readonly record: DeviceRecord;
}

export function Share({ ladder, record }: Props) {
  const [address, setAddress] = useState<string | null>(null);
  const [said, say] = useState('');
  const download = (text: string, type: string, file: string) => {
    saveBlob(new Blob([text], { type }), file);
    say(`Saved as ${file}.`);
  };
  const share = async () => {
    const url = new URL(location.href);
    url.hash = `r=${await packRecord(record)}`;
    setAddress(url.href);
    try {
      await navigator.clipboard.writeText(url.href);
      say('The address is copied.');
    } catch {
      say('Copy the address below.');
    }
  };
  return (
    <section class="rx-share" aria-label="Keep or send">
      <p class="rx-note">
        All this is kept on this device, and sent to nobody. The address carries the result in
        itself: whoever opens it sees these times beside their own.
      </p>
      <p class="rx-buttons">
        <label>
          <span>Call this device</span>{' '}
          <input
            type="text"
            data-device-name
            maxLength={60}
            value={record.name}
            onChange={({ currentTarget }) => {
              setAddress(null);
              ladder.change({ ...record, name: currentTarget.value.trim() });
            }}
          />
        </label>
        <button
          type="button"
          class="rx-button"
          data-share
          onClick={() => {
            void share();
          }}
        >
          Make an address
        </button>
        <button
          type="button"
          class="rx-button"
          data-save="json"
          onClick={() => {
            download(
              `${JSON.stringify(record, null, 2)}\n`,
              'application/json',
              'regnetx-device.json',
            );
          }}
        >
          JSON
        </button>
        <button
          type="button"
          class="rx-button"
          data-save="csv"
          onClick={() => {
            download(recordCsv(record), 'text/csv', 'regnetx-device.csv');
          }}
        >
          CSV
        </button>
        <span role="status">{said}</span>
      </p>
      {address !== null && (
        <input
          type="text"
          class="rx-address"
          readOnly
          data-address
          aria-label="The address that carries this result"
          value={address}
        />
      )}
    </section>
  );
}
