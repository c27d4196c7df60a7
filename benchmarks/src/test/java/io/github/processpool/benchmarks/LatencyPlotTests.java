package io.github.processpool.benchmarks;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import javax.xml.parsers.DocumentBuilderFactory;

import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LatencyPlot}.
 */
class LatencyPlotTests {

	@Test
	void curvesShouldLieInOrderInsideThePicture() throws Exception {
		String svg = LatencyPlot.of(new Figures(samples("nothing", "process-pool", "same JVM")));
		Document document = DocumentBuilderFactory.newInstance()
			.newDocumentBuilder()
			.parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
		NodeList curves = document.getElementsByTagName("polyline");
		assertThat(curves.getLength()).isEqualTo(3);
		double[] sameJvm = heights((Element) curves.item(0));
		double[] deferred = heights((Element) curves.item(1));
		double[] nothing = heights((Element) curves.item(2));
		for (int i = 0; i < sameJvm.length; i++) {
			// Worse is higher, and so has the smaller coordinate
			assertThat(sameJvm[i]).isBetween(50.0, deferred[i] - 1);
			assertThat(deferred[i]).isBetween(50.0, nothing[i] - 1);
			assertThat(nothing[i]).isLessThanOrEqualTo(360);
		}
	}

	@Test
	void pictureWhenACurveIsMissingShouldBeEmpty() {
		assertThat(LatencyPlot.of(new Figures(samples("nothing", "process-pool")))).isEmpty();
	}

	private static double[] heights(Element curve) {
		return List.of(curve.getAttribute("points").split(" "))
			.stream()
			.mapToDouble((point) -> Double.parseDouble(point.split(",")[1]))
			.toArray();
	}

	private static List<Sample> samples(String... contenders) {
		List<Sample> samples = new ArrayList<>();
		double factor = 0.05;
		for (String contender : contenders) {
			for (double percentile : PausesSection.PERCENTILES) {
				samples.add(new Sample(PausesSection.metric(percentile), contender, 1, factor / (101 - percentile)));
			}
			factor *= 20;
		}
		return samples;
	}

}
