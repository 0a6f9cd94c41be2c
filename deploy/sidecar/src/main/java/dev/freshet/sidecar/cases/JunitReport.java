package dev.freshet.sidecar.cases;

import java.io.StringWriter;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** How cases ended, as the XML that build servers read: a suite for each file. */
public final class JunitReport {
    private final XMLStreamWriter out;

    private JunitReport(XMLStreamWriter out) {
        this.out = out;
    }

    public static String of(List<CaseRun> runs) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter out = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            new JunitReport(out).write(runs);
            out.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("writing XML to memory failed", e);
        }
        return text.toString();
    }

    private void write(List<CaseRun> runs) throws XMLStreamException {
        out.writeStartDocument("UTF-8", "1.0");
        line();
        out.writeStartElement("testsuites");
        line();
        for (CaseRun run : runs) {
            suite(run);
        }
        out.writeEndElement();
        line();
        out.writeEndDocument();
    }

    private void suite(CaseRun run) throws XMLStreamException {
        out.writeStartElement("testsuite");
        attribute("name", run.file().toString());
        attribute("tests", Integer.toString(run.cases()));
        attribute("failures", Long.toString(run.failed()));
        attribute("errors", "0");
        attribute("skipped", "0");
        attribute("time", seconds(run.took()));
        line();
        for (CaseRun.Timed each : run.verdicts()) {
            oneCase(run, each);
        }
        out.writeEndElement();
        line();
    }

    private void oneCase(CaseRun run, CaseRun.Timed each) throws XMLStreamException {
        Verdict verdict = each.verdict();
        out.writeStartElement("testcase");
        attribute("classname", run.file().toString());
        attribute("name", verdict.of().name());
        attribute("file", verdict.of().place().file());
        attribute("line", Integer.toString(verdict.of().place().line()));
        attribute("time", seconds(each.took()));
        if (!verdict.passed()) {
            List<String> lines = verdict.lines();
            out.writeStartElement("failure");
            attribute("message", lines.getFirst());
            out.writeCharacters(writable(String.join("\n", lines)));
            out.writeEndElement();
        }
        out.writeEndElement();
        line();
    }

    private void attribute(String name, String value) throws XMLStreamException {
        out.writeAttribute(name, writable(value));
    }

    private void line() throws XMLStreamException {
        out.writeCharacters("\n");
    }

    private static String seconds(Duration took) {
        return BigDecimal.valueOf(took.toNanos(), 9).toPlainString();
    }

    /** Characters that XML has no way to write are replaced; the writer lets them through. */
    private static String writable(String text) {
        StringBuilder writable = new StringBuilder(text.length());
        text.codePoints().map(c -> isXml(c) ? c : '\uFFFD').forEach(writable::appendCodePoint);
        return writable.toString();
    }

    private static boolean isXml(int c) {
        return c == '\t'
                || c == '\n'
                || c == '\r'
                || (c >= 0x20 && c <= 0xD7FF)
                || (c >= 0xE000 && c <= 0xFFFD)
                || c >= 0x10000;
    }
}
