import { Fragment, h, type Child } from "../elements/jsx";
import { isSafeHref, saySize, type Attachment } from "@tandem/shared";
import { base, manner } from "./here";
import { Icon } from "./icons";
import { AWAY } from "./markdown";
import { FILE } from "./paths";

const WIDEST = 220;

export function Attachments({ files }: { files: readonly Attachment[] }): Child {
  return <>{files.map((file) => (file.width && file.height ? <Image file={file} width={file.width} height={file.height} /> : <File file={file} />))}</>;
}

/** Its room is known before it is loaded, so that nothing jumps. */
function Image({ file, width, height }: { file: Attachment; width: number; height: number }): Child {
  const shrink = Math.min(1, WIDEST / width, WIDEST / height);
  return (
    <a class="image" {...addressOf(file)} aria-label={file.name}>
      <img src={addressOf(file).href} alt={file.name} width={width * shrink} height={height * shrink} loading="lazy" />
    </a>
  );
}

function File({ file }: { file: Attachment }): Child {
  return (
    <a class="file line" {...addressOf(file)}>
      <Icon path={FILE} />
      <span class="grow clip">{file.name}</span>
      <span class="quiet">{saySize(file.size, manner.locale)}</span>
    </a>
  );
}

function addressOf({ url }: Attachment): { href?: string; target: string; rel: string } {
  return { ...(isSafeHref(url) && { href: new URL(url, base).href }), ...AWAY };
}
