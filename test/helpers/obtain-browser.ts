/* Makes sure there is a browser before the tests that look at a page; where none can be had, the journeys say so at the end. */
import { obtainBrowser } from './browser.ts';

obtainBrowser();
