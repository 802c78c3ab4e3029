/** What an application on the module path sees of the client. */
package io.millstream.check;
