import { Fragment } from 'preact';

interface Props {
  readonly links: readonly { readonly href: string; readonly text: string }[];
}

/** Links as running text has them: `200MF, 400MF and 600MF`. */
export function LinkList({ links }: Props) {
  return (
    <>
      {links.map(({ href, text }, i) => (
        <Fragment key={href}>
          {i > 0 && (i === links.length - 1 ? ' and ' : ', ')}
          <a href={href}>{text}</a>
        </Fragment>
      ))}
    </>
  );
}
