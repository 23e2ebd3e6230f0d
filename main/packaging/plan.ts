/** Something `npm run package` can make. */
export type Artifact = 'npm' | 'dir' | 'tar.gz' | 'deb' | 'AppImage' | 'nsis' | 'dmg and zip';

/** What this computer has to make packages with. */
export type Means = {
  platform: NodeJS.Platform;
  /** The folder with Electron's program for this computer, or why there is none. */
  electron: { dir: string } | { problem: string };
  hasDpkgDeb: boolean;
};

/** One line of the plan: made, or left out with the reason in words. */
export type Step = { artifact: Artifact; left?: string };

const ON: Readonly<Record<'linux' | 'win32' | 'darwin', Artifact[]>> = {
  linux: ['dir', 'tar.gz', 'deb', 'AppImage'],
  win32: ['nsis'],
  darwin: ['dmg and zip'],
};
const SYSTEMS: Readonly<Record<keyof typeof ON, string>> = { linux: 'Linux', win32: 'Windows', darwin: 'macOS' };

const why = (artifact: Artifact, { electron, hasDpkgDeb }: Means): string | undefined => {
  if ('problem' in electron) return electron.problem;
  if (artifact === 'deb' && !hasDpkgDeb) return 'dpkg-deb is not installed (Debian package "dpkg")';
  return undefined;
};

/** What is made here and what is not, and why. The packages of other systems are not missing here: each is made on its own. */
export const planSteps = (means: Means): { steps: Step[]; elsewhere: string[] } => {
  const here = means.platform in ON ? (means.platform as keyof typeof ON) : 'linux';
  const steps: Step[] = [
    { artifact: 'npm' },
    ...ON[here].map((artifact): Step => {
      const left = why(artifact, means);
      return left === undefined ? { artifact } : { artifact, left };
    }),
  ];
  const others = (Object.keys(ON) as (keyof typeof ON)[]).filter((system) => system !== here);
  return {
    steps,
    elsewhere: others.map(
      (system) => `${ON[system].filter((artifact) => artifact !== 'dir').join(', ')}: made on ${SYSTEMS[system]}`,
    ),
  };
};
