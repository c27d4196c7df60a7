package io.github.processpool.worker.context;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a worker leaves out of the application's context, and the beans for which that has
 * to be right. Immutable.
 *
 * @param excluded names of the auto-configurations that are left out
 * @param beans names of the deferred beans, each with the advice that remains for a
 * worker, as {@link BeanAdvice} describes it
 * @param absent what nothing in the worker should ask for
 */
public record ContextSlice(List<String> excluded, Map<String, List<String>> beans, AbsentBeans absent) {

	/** Nothing is left out. */
	public static final ContextSlice WHOLE = new ContextSlice(List.of(), Map.of(), AbsentBeans.NONE);

	/**
	 * Copies the collections.
	 */
	public ContextSlice {
		excluded = List.copyOf(excluded);
		beans = Collections.unmodifiableMap(new LinkedHashMap<>(beans));
	}

	/**
	 * Whether nothing is left out.
	 * @return {@code true} for the whole context
	 */
	public boolean isWhole() {
		return this.excluded.isEmpty();
	}

	void write(DataOutputStream out) throws IOException {
		PropertyValues.writeStrings(out, this.excluded);
		out.writeInt(this.beans.size());
		for (Map.Entry<String, List<String>> bean : this.beans.entrySet()) {
			PropertyValues.writeString(out, bean.getKey());
			PropertyValues.writeStrings(out, bean.getValue());
		}
		this.absent.write(out);
	}

	static ContextSlice read(DataInputStream in) throws IOException {
		List<String> excluded = new ArrayList<>(PropertyValues.readStrings(in));
		Map<String, List<String>> beans = new LinkedHashMap<>();
		int count = in.readInt();
		for (int i = 0; i < count; i++) {
			String name = PropertyValues.readString(in);
			beans.put(name, PropertyValues.readStrings(in));
		}
		return new ContextSlice(excluded, beans, AbsentBeans.read(in));
	}

}
